// A wait for something else, on the way to the loop that looks at the flag.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <chrono>
#include <thread>

void work();
void sleepShortly() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }

class Bad {
public:
  void start() { thread_ = std::thread(&Bad::run, this); }
  void connected() { ready_ = true; }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!ready_)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop waits for 'ready_' without a look at 'stop_', which ends the loop behind it; if nobody changes 'ready_' any more, the join never returns [leak-ignored-stop-token]
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};

// In a function of its own.
class BadHelper {
public:
  void start() {
    thread_ = std::thread([this] {
      await();
      while (running_)
        work();
    });
  }
  void onConnect() { connected_ = true; }
  void stop() {
    running_ = false;
    thread_.join();
  }

private:
  void await() {
    while (!connected_)
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop waits for 'connected_' without a look at 'running_'
      sleepShortly();
  }
  std::atomic<bool> connected_{false}, running_{true};
  std::thread thread_;
};

class Good {
public:
  void start() { thread_ = std::thread(&Good::run, this); }
  void connected() { ready_ = true; }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!ready_ && !stop_)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};

// Who starts it says so.
class GoodHandshake {
public:
  void start() {
    thread_ = std::thread(&GoodHandshake::run, this);
    work();
    ready_ = true;
  }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!ready_)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};

// Who stops it ends both.
class GoodBoth {
public:
  void start() { thread_ = std::thread(&GoodBoth::run, this); }
  void connected() { ready_ = true; }
  void stop() {
    stop_ = true;
    ready_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!ready_)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};

// Only what has come so far is stopped.
class GoodAsked {
public:
  void start() { thread_ = std::thread(&GoodAsked::run, this); }
  void connected() { ready_ = true; }
  void stop() {
    if (!ready_)
      return;
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!ready_)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};

// Nobody is seen who says it.
extern std::atomic<bool> go;

class GoodElsewhere {
public:
  void start() { thread_ = std::thread(&GoodElsewhere::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!go)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Not for longer than a while.
class GoodBounded {
public:
  void start() { thread_ = std::thread(&GoodBounded::run, this); }
  void connected() { ready_ = true; }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    int tries = 0;
    while (!ready_ && ++tries < 100)
      sleepShortly();
    while (!stop_)
      work();
  }
  std::atomic<bool> ready_{false}, stop_{false};
  std::thread thread_;
};
