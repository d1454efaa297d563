// A guard and the mutex itself both release; and loops without an end.
// RUN: %check_leaks %s leak-unreleased-permit -- -std=c++17

#include <mutex>

bool ready();

class Throttle {
public:
  long bad_by_hand(long n) {
    std::unique_lock<std::mutex> lock(keys);
    used += n;
    keys.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'keys' is released here, and again by 'lock'; the behavior is undefined [leak-unreleased-permit]
    return n;
  }
  long bad_on_one_path(long n) {
    std::lock_guard<std::mutex> lock(keys);
    if (n) {
      keys.unlock();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'keys' is released here, and again by 'lock'; the behavior is undefined [leak-unreleased-permit]
      return 0;
    }
    return n;
  }
  long good_scopes(long n) {
    {
      std::unique_lock<std::mutex> lock(keys);
      used += n;
    }
    keys.lock();
    keys.unlock();
    return n;
  }
  long good_let_go(long n) {
    std::unique_lock<std::mutex> lock(keys);
    keys.unlock();
    used += n;
    lock.release();
    return n;
  }
  long good_taken_again(long n) {
    std::unique_lock<std::mutex> lock(keys);
    keys.unlock();
    used += n;
    keys.lock();
    return n;
  }
  long good_behind_the_scope(long n) {
    {
      std::lock_guard lock(keys);
      ++used;
    }
    if (n)
      keys.unlock(); // locked by the caller
    return n;
  }

private:
  std::mutex keys;
  long used = 0;
};

//===--- Loops that nothing leaves ----------------------------------------===//

class OwnMutex {
public:
  void lock();
  void unlock();
};

class Receiver {
public:
  void bad_run() {
    while (true) {
      mutex.lock();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'mutex' is not released on every path; it is still held when the loop comes back here [leak-unreleased-permit]
      if (!ready())
        continue;
      ++count;
      mutex.unlock();
    }
  }
  void good_run() {
    while (true) {
      mutex.lock();
      if (!ready()) {
        mutex.unlock();
        continue;
      }
      ++count;
      mutex.unlock();
    }
  }
  void bad_twice() {
    mutex.lock();
    if (ready()) {
      ++count;
      mutex.unlock();
    }
    // CHECK-MESSAGES: :[[@LINE+1]]:5: warning: 'mutex' is released twice on this path; the behavior is undefined
    mutex.unlock();
  }

private:
  OwnMutex mutex;
  int count = 0;
};
