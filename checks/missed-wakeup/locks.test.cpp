// State that changes without the mutex under which the waiters test it.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

class Flag {
public:
  void bad_stop() {
    stop = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    cv.notify_all();
  }
  void bad_store() {
    stop.store(true);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    notify();
  }
  void bad_too_late() {
    {
      std::lock_guard<std::mutex> lock(m);
      ++stops;
    }
    stop = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    cv.notify_all();
  }
  void good_stop() {
    std::lock_guard<std::mutex> lock(m);
    stop = true;
    cv.notify_all();
  }
  void good_notified_unlocked() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_all();
  }
  // Who had tested it waits by the time the mutex can be taken.
  void good_taken_for_a_moment() {
    stop = true;
    { std::lock_guard<std::mutex> lock(m); }
    cv.notify_all();
  }
  void good_notified_locked() {
    stop = true;
    std::lock_guard<std::mutex> lock(m);
    cv.notify_all();
  }
  void good_unlock_relock() {
    std::unique_lock<std::mutex> lock(m);
    lock.unlock();
    ++stops;
    lock.lock();
    stop = true;
    cv.notify_all();
  }
  void good_deferred() {
    std::unique_lock<std::mutex> lock(m, std::defer_lock);
    lock.lock();
    stop = true;
    cv.notify_all();
  }
  void good_by_hand() {
    m.lock();
    stop = true;
    m.unlock();
    cv.notify_all();
  }
  // Held by the caller.
  void good_locked_by_caller() {
    std::lock_guard<std::mutex> lock(m);
    setAndNotify();
  }
  void setLocked() {
    stop = true;
    cv.notify_all();
  }
  void set(std::unique_lock<std::mutex> &) {
    stop = true;
    cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop)
      cv.wait(lock);
  }

private:
  void setAndNotify() {
    stop = true;
    cv.notify_all();
  }
  void notify() { cv.notify_all(); }
  std::mutex m;
  std::condition_variable cv;
  std::atomic<bool> stop{false};
  int stops = 0;
};

// Set before anybody is there who could wait.
class Started {
public:
  void start() {
    running = true;
    cv.notify_all();
    thread = std::thread([this] { run(); });
  }
  void join() { thread.join(); }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return running.load(); });
  }
  std::mutex m;
  std::condition_variable cv;
  std::atomic<bool> running{false};
  std::thread thread;
};

// The wait ends by itself, and tests again.
class Timed {
public:
  void stop() {
    stopped = true;
    cv.notify_all();
  }
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stopped)
      cv.wait_for(lock, std::chrono::milliseconds(100));
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::atomic<bool> stopped{false};
};

// Local ones, shared with a lambda.
void bad_local() {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::thread worker([&] {
    done = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'done' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    cv.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [&] { return done; });
  }
  worker.join();
}

void good_local() {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::thread worker([&] {
    std::lock_guard<std::mutex> lock(m);
    done = true;
    cv.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [&] { return done; });
  }
  worker.join();
}
