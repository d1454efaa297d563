// Joins that hold what the thread takes, and threads that join themselves.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

//===--- A mutex is held --------------------------------------------------===//

class BadHolding {
public:
  BadHolding() : thread(&BadHolding::run, this) {}
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    stopped = true;
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined while 'm' is held, which 'run' acquires; they wait for each other for ever [leak-join-without-stop]
  }

private:
  void run() {
    while (!stopped) {
      std::lock_guard<std::mutex> lock(m);
      ++turns;
    }
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

class BadHoldingOutside {
public:
  BadHoldingOutside() : thread([this] { run(); }) {}
  void stop() {
    std::unique_lock<std::mutex> lock(m);
    stopped = true;
    wait();
  }

private:
  void wait() {
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined while 'm' is held, which its thread acquires; they wait for each other for ever [leak-join-without-stop]
  }
  void run() {
    while (!stopped)
      step();
  }
  void step() {
    m.lock();
    ++turns;
    m.unlock();
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

class GoodUnlocked {
public:
  GoodUnlocked() : thread(&GoodUnlocked::run, this) {}
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      stopped = true;
    }
    thread.join();
  }
  void stopByHand() {
    std::unique_lock<std::mutex> lock(m);
    stopped = true;
    lock.unlock();
    thread.join();
    lock.lock();
  }

private:
  void run() {
    while (!stopped) {
      std::lock_guard<std::mutex> lock(m);
      ++turns;
    }
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

// What the caller holds is given back for the join.
class GoodGivenBack {
public:
  GoodGivenBack() : thread(&GoodGivenBack::run, this) {}
  void stop() {
    m.lock();
    stopped = true;
    wait();
    m.unlock();
  }
  void stopGuarded() {
    std::unique_lock<std::mutex> lock(m);
    stopped = true;
    wait(lock);
  }

private:
  void wait() {
    m.unlock();
    thread.join();
    m.lock();
  }
  void wait(std::unique_lock<std::mutex> &lock) {
    lock.unlock();
    thread.join();
    lock.lock();
  }
  void run() {
    while (!stopped) {
      std::lock_guard<std::mutex> lock(m);
      ++turns;
    }
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

// Another one is held.
class GoodOther {
public:
  GoodOther() : thread(&GoodOther::run, this) {}
  void stop() {
    std::lock_guard<std::mutex> lock(own);
    stopped = true;
    thread.join();
  }

private:
  void run() {
    while (!stopped) {
      std::lock_guard<std::mutex> lock(m);
      ++turns;
    }
  }
  std::mutex m, own;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

// The thread only tries.
class GoodTries {
public:
  GoodTries() : thread(&GoodTries::run, this) {}
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    stopped = true;
    thread.join();
  }

private:
  void run() {
    while (!stopped) {
      if (!m.try_lock())
        continue;
      ++turns;
      m.unlock();
      std::unique_lock<std::mutex> lock(m, std::try_to_lock);
      if (lock.owns_lock())
        ++turns;
    }
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

// The thread has been through when the wait ends, which gives the mutex back.
void good_handshake() {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::unique_lock<std::mutex> lock(m);
  std::thread t([&] {
    std::lock_guard<std::mutex> inside(m);
    done = true;
    cv.notify_one();
  });
  cv.wait(lock, [&] { return done; });
  t.join();
}

//===--- Itself -----------------------------------------------------------===//

class BadSelf {
public:
  BadSelf() : thread(&BadSelf::run, this) {}
  ~BadSelf() { stop(); }
  void stop() {
    stopped = true;
    if (thread.joinable())
      thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread' may be joined by itself: 'run' gets here; a thread that joins itself waits for ever [leak-join-without-stop]
  }

private:
  bool step();
  void run() {
    while (!stopped)
      if (!step())
        stop();
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};

class GoodSelf {
public:
  GoodSelf() : thread(&GoodSelf::run, this) {}
  ~GoodSelf() { stop(); }
  void stop() {
    stopped = true;
    if (thread.joinable() && thread.get_id() != std::this_thread::get_id())
      thread.join();
  }

private:
  bool step();
  void run() {
    while (!stopped)
      if (!step())
        stop();
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};

// It only tries, and looks at the flag again.
class GoodTriesLater {
public:
  GoodTriesLater() : thread(&GoodTriesLater::run, this) {}
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    stopped = true;
    thread.join();
  }

private:
  void run() {
    while (!stopped) {
      std::unique_lock<std::mutex> lock(m, std::defer_lock);
      if (lock.try_lock())
        ++turns;
      else
        std::this_thread::yield();
    }
  }
  std::mutex m;
  std::atomic<bool> stopped{false};
  int turns = 0;
  std::thread thread;
};

// Only who says so waits, and the thread doesn't.
enum class How { Gently, AtOnce };

class GoodSaysHow {
public:
  GoodSaysHow() : thread(&GoodSaysHow::run, this) {}
  ~GoodSaysHow() { stop(How::Gently); }
  void stop(How how) {
    stopped = true;
    if (how == How::Gently)
      thread.join();
  }

private:
  bool step();
  void run() {
    while (!stopped)
      if (!step())
        stop(How::AtOnce);
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};

// The thread has said that it is over, and stop() returns at once.
class GoodOver {
public:
  GoodOver() : thread(&GoodOver::run, this) {}
  ~GoodOver() { stop(); }
  void stop() {
    if (!running)
      return;
    running = false;
    thread.join();
  }

private:
  bool step();
  void run() {
    while (running && step())
      ;
    running = false;
    stop();
  }
  std::atomic<bool> running{true};
  std::thread thread;
};
