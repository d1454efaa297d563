// Flags that the starter, the thread and the one who stops change.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
void work();

// The thread says itself that it runs: a stop before that is lost.
class BadUndone {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }
private:
  void run() {
    running_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'running_' is set by the thread itself, which takes back a stop that came before: the thread runs on, and the join in 'stop' never returns [leak-unrequested-stop]
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// The starter has said so as well, which doesn't help.
class BadTwice {
public:
  void start() { running_ = true; thread_ = std::thread(&BadTwice::run, this); }
  ~BadTwice() {
    if (!running_) return;
    running_ = false;
    thread_.join();
  }
private:
  void run() {
    running_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'running_' is set by the thread itself, which takes back a stop that came before: the thread runs on, and the join in '~BadTwice' never returns [leak-unrequested-stop]
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class GoodBefore {
public:
  void start() { running_ = true; thread_ = std::thread([this] { run(); }); }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }
private:
  void run() {
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// The thread may look first.
class BadLate {
public:
  void start() { thread_ = std::thread([this] { run(); }); running_ = true; }
  // CHECK-MESSAGES: :[[@LINE-1]]:60: warning: 'running_' is set only after the start of the lambda, which ends at once when it looks at it before [leak-unrequested-stop]
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }
private:
  void run() {
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// The second run ends at once.
class BadStale {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' asks to stop, and isn't set back before the next start of the lambda, which ends at once [leak-unrequested-stop]
    if (thread_.joinable())
      thread_.join();
  }
  void restart() { stop(); thread_ = std::thread([this] { run(); }); }
private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class BadStale2 {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' asks to stop, and isn't set back before the next start of the lambda, which ends at once [leak-unrequested-stop]
    if (thread_.joinable())
      thread_.join();
  }
  void restart() { stop(); start(); }
private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The starter waits until the thread has said it.
class GoodAwaited {
public:
  void start() { thread_ = std::thread([this] { run(); }); while (!running_) std::this_thread::yield(); }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }
private:
  void run() {
    running_ = true;
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// What hasn't begun isn't joined.
class GoodGuarded {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    if (!running_.exchange(false))
      return;
    thread_.join();
  }
private:
  void run() {
    running_ = true;
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class GoodRestart {
public:
  void start() {
    stop_ = false;
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  void restart() {
    stop();
    start();
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Another flag ends the loop as well, and that one stays.
class GoodTwoFlags {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    running_ = false;
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    running_ = true;
    while (running_ && !stop_)
      work();
  }
  std::atomic<bool> running_{false}, stop_{false};
  std::thread thread_;
};

// It asks before whether it was stopped.
class GoodAsks {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    stopped_ = true;
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    if (stopped_)
      return;
    running_ = true;
    while (running_)
      work();
  }
  std::atomic<bool> running_{false}, stopped_{false};
  std::thread thread_;
};

// The thread waits for the one who starts it.
class GoodHeldUp {
public:
  void start() {
    std::lock_guard<std::mutex> lock(mutex_);
    thread_ = std::thread([this] { run(); });
    running_ = true;
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    { std::lock_guard<std::mutex> lock(mutex_); }
    while (running_)
      work();
  }
  std::mutex mutex_;
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// It may be set before, elsewhere.
class GoodInit {
public:
  void init() { running_ = true; }
  void start() {
    thread_ = std::thread([this] { run(); });
    running_ = true;
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// Set back by who stops.
class GoodSetBack {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
    stop_ = false;
  }
  void restart() {
    stop();
    start();
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The inner loop's flag is the thread's own, from turn to turn.
class GoodInner {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    stop_ = true;
    skip_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      skip_ = false;
      while (!skip_)
        work();
    }
  }
  std::atomic<bool> stop_{false}, skip_{false};
  std::thread thread_;
};

// Said anew by a function between the two.
class GoodReset {
public:
  void start() {
    stop();
    reset();
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void reset() { stop_ = false; }
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Each call has a flag of its own, which somebody else sets meanwhile.
struct Store {
  template <typename F> void command(F f);
};
template <typename T> struct Handshake {
  void run() { go(); }
  void go() {
    T store;
    std::atomic<bool> running{false};
    auto slow = [&running](int) {
      running = true;
      work();
    };
    auto first = std::thread([&store, slow] { store.command(slow); });
    auto second = std::thread([&running] {
      while (!running)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      work();
    });
    first.join();
    second.join();
  }
};
template struct Handshake<Store>;
