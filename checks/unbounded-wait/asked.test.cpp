// Waits after a look at the flag, without another one.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <condition_variable>
#include <mutex>

class BadQueue {
public:
  bool waitForIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    if (closed)
      return false;
    while (pending > 0)
      idle.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait on 'idle' doesn't test 'closed', which is tested only before; when it is set meanwhile, this may wait for ever [leak-unbounded-wait]
    return true;
  }
  void close();

private:
  std::mutex mutex;
  std::condition_variable idle;
  int pending = 0;
  bool closed = false;
};

class GoodQueue {
public:
  bool waitForIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    if (closed)
      return false;
    while (pending > 0 && !closed)
      idle.wait(lock);
    return !closed;
  }
  bool waitInside() {
    std::unique_lock<std::mutex> lock(mutex);
    if (closed)
      return false;
    while (pending > 0) {
      if (closed)
        return false;
      idle.wait(lock);
    }
    return true;
  }
  void close();

private:
  std::mutex mutex;
  std::condition_variable idle;
  int pending = 0;
  bool closed = false;
};

// The one who closes it also does what is waited for.
class GoodClears {
public:
  bool waitForIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    if (closed)
      return false;
    while (pending > 0)
      idle.wait(lock);
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(mutex);
    closed = true;
    pending = 0;
    idle.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable idle;
  int pending = 0;
  bool closed = false;
};

// What is asked before is no stop.
class GoodOther {
public:
  bool waitForIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    if (verbose)
      return false;
    while (pending > 0)
      idle.wait(lock);
    return true;
  }

private:
  std::mutex mutex;
  std::condition_variable idle;
  int pending = 0;
  bool verbose = false;
};
