// Waits that a stop wakes, and that wait again.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

// Another wait for the same tests the flag.
class BadQueue {
public:
  void push(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }
  int pop() {
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [this] { return closed || !values.empty(); });
    if (values.empty())
      return -1;
    int value = values.front();
    values.pop_front();
    return value;
  }
  int peek() {
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [this] { return !values.empty(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait on 'ready' doesn't test 'closed', which 'close' sets before it notifies; it wakes up, and waits again for ever [leak-unbounded-wait]
    return values.front();
  }
  void close() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      closed = true;
    }
    ready.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool closed = false;
};

class GoodQueue {
public:
  void push(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }
  int pop() {
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [this] { return closed || !values.empty(); });
    if (values.empty())
      return -1;
    int value = values.front();
    values.pop_front();
    return value;
  }
  int peek() {
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [this] { return closed || !values.empty(); });
    return values.empty() ? -1 : values.front();
  }
  bool peekFor(int &value) {
    std::unique_lock<std::mutex> lock(mutex);
    if (!ready.wait_for(lock, std::chrono::seconds(1),
                        [this] { return !values.empty(); }))
      return false;
    value = values.front();
    return true;
  }
  // Those who take out what is left come to the end of it.
  void drain() {
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [this] { return values.empty(); });
  }
  void close() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      closed = true;
    }
    ready.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool closed = false;
};

// The loop around the wait tests the flag.
class BadWorker {
public:
  void post(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopped) {
      while (values.empty())
        ready.wait(lock);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this wait on 'ready' doesn't test 'stopped', which 'stop' sets before it notifies; it wakes up, and waits again for ever [leak-unbounded-wait]
      values.pop_front();
    }
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mutex);
    stopped = true;
    ready.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool stopped = false;
};

class GoodWorker {
public:
  void post(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopped) {
      while (values.empty() && !stopped)
        ready.wait(lock);
      if (!stopped)
        values.pop_front();
    }
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mutex);
    stopped = true;
    ready.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool stopped = false;
};

// The stop puts something in.
class Sentinel {
public:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopped) {
      while (values.empty())
        ready.wait(lock);
      values.pop_front();
    }
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mutex);
    stopped = true;
    values.push_back(0);
    ready.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool stopped = false;
};

// The flag is no stop: whoever waits for the one doesn't care about the other.
class Two {
public:
  void waitForFirst() {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return first; });
  }
  void waitForSecond() {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return second; });
  }
  void setFirst() {
    std::lock_guard<std::mutex> lock(mutex);
    first = true;
    changed.notify_all();
  }
  void setSecond() {
    std::lock_guard<std::mutex> lock(mutex);
    second = true;
    changed.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  bool first = false, second = false;
};

// Who waits until all is done isn't the one who is stopped.
class Pool {
public:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stopped) {
      changed.wait(lock, [this] { return stopped || waiting > 0; });
      if (waiting > 0)
        --waiting;
      changed.notify_all();
    }
  }
  void post() {
    std::lock_guard<std::mutex> lock(mutex);
    ++waiting;
    changed.notify_all();
  }
  void waitUntilIdle() {
    std::unique_lock<std::mutex> lock(mutex);
    changed.wait(lock, [this] { return waiting == 0; });
  }
  void stop() {
    std::lock_guard<std::mutex> lock(mutex);
    stopped = true;
    changed.notify_all();
  }

private:
  std::mutex mutex;
  std::condition_variable changed;
  int waiting = 0;
  bool stopped = false;
};
