// Notes and fix-its.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Worker {
public:
  Worker() : thread([this] { run(); }) {}
  ~Worker() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
      // CHECK-FIXES: stop = true;
      // CHECK-FIXES-NEXT: cv.notify_all();
    }
    thread.join();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'cv' for ever, and so does this join [leak-join-without-stop]
    // CHECK-NOTES: :[[@LINE-10]]:14: note: started here
    // CHECK-NOTES: :[[@LINE-7]]:7: note: set here
    // CHECK-NOTES: :[[@LINE+7]]:7: note: waits here
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop)
      cv.wait(lock);
  }
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  std::thread thread;
};
