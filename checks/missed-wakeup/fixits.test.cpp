// Notes and fix-its. Each mend makes the report go away.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

class Slot {
public:
  void bad_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    value = v;
    full = true;
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'full' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
    // CHECK-NOTES: :[[@LINE+31]]:5: note: waits here
    // CHECK-NOTES: :[[@LINE+7]]:5: note: notified after the same change here
    // CHECK-FIXES: full = true;
    // CHECK-FIXES-NEXT: cv.notify_one();
  }
  void put(int v) {
    std::lock_guard<std::mutex> lock(m);
    value = v;
    full = true;
    cv.notify_one();
  }
  bool bad_early(int v) {
    std::lock_guard<std::mutex> lock(m);
    full = true;
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'full' changes, and this function is left before 'cv' is notified; who waits for it is not woken [leak-missed-wakeup]
    // CHECK-NOTES: :[[@LINE+16]]:5: note: waits here
    // CHECK-NOTES: :[[@LINE+10]]:5: note: notified here
    // CHECK-NOTES: :[[@LINE+2]]:9: note: assuming 'v < 0' is true
    // CHECK-NOTES: :[[@LINE+2]]:7: note: left here
    if (v < 0) {
      return false;
      // CHECK-FIXES: if (v < 0) {
      // CHECK-FIXES-NEXT: cv.notify_one();
      // CHECK-FIXES-NEXT: return false;
    }
    value = v;
    cv.notify_one();
    return true;
  }
  int get() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return full; });
    full = false;
    return value;
  }
  int bad_get() {
    std::unique_lock<std::mutex> lock(m);
    if (!full)
      cv.wait(lock);
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: this wait on 'cv' may end without a notification; what it waits for is tested before it, and not again [leak-missed-wakeup]
    // CHECK-FIXES: while (!full)
    // CHECK-FIXES-NEXT: cv.wait(lock);
    full = false;
    return value;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  bool full = false;
};

class Pool {
public:
  Pool() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~Pool() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_one();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: only one of those who wait on 'cv' is woken, though all of them wait for 'stop'; the others wait for ever [leak-missed-wakeup]
    // CHECK-NOTES: :[[@LINE-9]]:28: note: many are started here
    // CHECK-NOTES: :[[@LINE-5]]:7: note: changed here
    // CHECK-NOTES: :[[@LINE+9]]:5: note: waits here
    // CHECK-FIXES: cv.notify_all();
    for (std::thread &t : threads)
      t.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return stop; });
  }
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  std::vector<std::thread> threads;
};

// Who takes is stopped, and leaves what is left.
class Bounded {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'closed' ends those who take, but isn't tested by the wait on 'notFull'; who waits there for room waits for ever [leak-missed-wakeup]
    // CHECK-NOTES: :[[@LINE+7]]:7: note: waits here
    // CHECK-NOTES: :[[@LINE+1]]:5: note: who takes is notified here
    notEmpty.notify_all();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    while (jobs.size() >= 10)
      notFull.wait(lock);
    jobs.push_back(job);
    notEmpty.notify_one();
  }
  bool take(int &job) {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed)
      return false;
    job = jobs.front();
    jobs.pop_front();
    notFull.notify_one();
    return true;
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool closed = false;
};
