// What Clang has dropped in a unit with an error, may be the way out.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <condition_variable>
#include <mutex>
#include <thread>

class GoodDropped {
public:
  GoodDropped() : thread(&GoodDropped::run, this) {}
  ~GoodDropped() {
    {
      std::lock_guard<std::mutex> lock(m);
      quit = true;
    }
    cv.notify_all();
    thread.join();
  }

private:
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(m);
      if (quit && requests.empty())
        // CHECK-MESSAGES: :[[@LINE-1]]:19: error: use of undeclared identifier 'requests' [clang-diagnostic-error]
        break;
      cv.wait(lock);
    }
  }
  std::mutex m;
  std::condition_variable cv;
  bool quit = false;
  std::thread thread;
};

class BadEndless {
public:
  BadEndless() : thread(&BadEndless::run, this) {}
  ~BadEndless() {
    cv.notify_all();
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but the loop in which it waits has no end; this join never returns [leak-join-without-stop]
  }

private:
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock);
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::thread thread;
};
