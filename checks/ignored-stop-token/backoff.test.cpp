// The time between two attempts, and a flag.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

bool tryConnect();
unsigned calculateRetryWait(unsigned);

class Bad {
public:
  void start() { thread_ = std::thread(&Bad::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    std::chrono::milliseconds duration(0);
    unsigned n = 0;
    while (!stop_) {
      std::this_thread::sleep_for(duration);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this sleeps until the next attempt without a look at 'stop_'; the join takes as long
      if (!tryConnect())
        duration = std::chrono::milliseconds(calculateRetryWait(n++));
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class Good {
public:
  void start() { thread_ = std::thread(&Good::run, this); }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    condition_.notify_one();
    thread_.join();
  }

private:
  void run() {
    std::chrono::milliseconds duration(0);
    unsigned n = 0;
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_) {
      condition_.wait_for(lock, duration, [this] { return stop_; });
      if (!tryConnect())
        duration = std::chrono::milliseconds(calculateRetryWait(n++));
    }
  }
  std::mutex mutex_;
  std::condition_variable condition_;
  bool stop_ = false;
  std::thread thread_;
};

// A short time, whatever it is called.
class GoodShort {
public:
  void start() { thread_ = std::thread(&GoodShort::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    constexpr std::chrono::milliseconds retryTime(50);
    while (!stop_) {
      if (!tryConnect())
        std::this_thread::sleep_for(retryTime);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
