// "Stop" is taken back before the join.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++17

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

void work();

class Bad {
public:
  void start() { thread_ = std::thread(&Bad::run, this); }
  void stop() {
    stop_ = true;
    stop_ = false;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' is set back before 'run' may have seen the stop: it runs on, and the join in 'stop' never returns [leak-unrequested-stop]
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class BadNotified {
public:
  BadNotified() : thread_(&BadNotified::run, this) {}
  ~BadNotified() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      quit_ = true;
      wake_.notify_all();
      quit_ = false;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'quit_' is set back before 'run' may have seen the stop
    }
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!quit_)
      wake_.wait_for(lock, std::chrono::seconds(1));
  }
  bool quit_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::thread thread_;
};

// After the join.
class Good {
public:
  void start() { thread_ = std::thread(&Good::run, this); }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
    stop_ = false;
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// It waits until the thread has seen it.
class GoodWaits {
public:
  void start() { thread_ = std::thread(&GoodWaits::run, this); }
  void stop() {
    stop_ = true;
    while (!ended_)
      work();
    stop_ = false;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      work();
    ended_ = true;
  }
  std::atomic<bool> stop_{false}, ended_{false};
  std::thread thread_;
};

void settle();

class GoodSettles {
public:
  void start() { thread_ = std::thread(&GoodSettles::run, this); }
  void stop() {
    stop_ = true;
    settle();
    stop_ = false;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Another way ends the loop as well.
class GoodOther {
public:
  void start() { thread_ = std::thread(&GoodOther::run, this); }
  void stop() {
    stop_ = true;
    stop_ = false;
    thread_.join();
  }

private:
  bool step() { return count_++ < 10; }
  void run() {
    while (!stop_ && step())
      work();
  }
  int count_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
