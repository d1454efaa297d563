// Too few are woken, nobody at all, or the wait doesn't test again.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

//===--- One of many ------------------------------------------------------===//

class BadPool {
public:
  BadPool() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~BadPool() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_one();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: only one of those who wait on 'cv' is woken, though all of them wait for 'stop'; the others wait for ever [leak-missed-wakeup]
    for (std::thread &t : threads)
      t.join();
  }
  void post(int job) {
    std::lock_guard<std::mutex> lock(m);
    jobs.push_back(job);
    cv.notify_one();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    for (;;) {
      cv.wait(lock, [this] { return stop || !jobs.empty(); });
      if (stop)
        return;
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::vector<std::thread> threads;
};

class GoodPool {
public:
  GoodPool() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~GoodPool() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_all();
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

// Each wakes the next.
class ChainPool {
public:
  ChainPool() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~ChainPool() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_one();
    for (std::thread &t : threads)
      t.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return stop; });
    cv.notify_one();
  }
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  std::vector<std::thread> threads;
};

// As often as there are threads.
class CountedPool {
public:
  CountedPool() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~CountedPool() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    for (size_t i = 0; i < threads.size(); ++i)
      cv.notify_one();
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

// There is only one.
class Single {
public:
  Single() : thread([this] { run(); }) {}
  ~Single() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_one();
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return stop; });
  }
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  std::thread thread;
};

//===--- Nobody -----------------------------------------------------------===//

class Forgotten {
public:
  void bad_wait() {
    std::unique_lock<std::mutex> lock(m);
    while (!ready)
      cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing notifies 'cv'; this wait never ends [leak-missed-wakeup]
  }
  void set() {
    std::lock_guard<std::mutex> lock(m);
    ready = true;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
};

// Somebody else has it.
class Lent {
public:
  std::condition_variable &condition() { return cv; }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (!ready)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
};

// A method in another file may notify.
class Declared {
public:
  void set();
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (!ready)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
};

// What the pointer stands for has other names.
void wait_for(void *condition, std::unique_lock<std::mutex> &lock) {
  auto *cv = static_cast<std::condition_variable *>(condition);
  cv->wait(lock);
}

//===--- Tested once ------------------------------------------------------===//

class Once {
public:
  int bad_get() {
    std::unique_lock<std::mutex> lock(m);
    if (!full)
      cv.wait(lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait on 'cv' may end without a notification; what it waits for is tested before it, and not again [leak-missed-wakeup]
    full = false;
    return value;
  }
  int good_get() {
    std::unique_lock<std::mutex> lock(m);
    while (!full)
      cv.wait(lock);
    full = false;
    return value;
  }
  // It is tested again, after the wait.
  bool good_try(int &v) {
    std::unique_lock<std::mutex> lock(m);
    if (!full)
      cv.wait(lock);
    if (!full)
      return false;
    full = false;
    v = value;
    return true;
  }
  // By the caller.
  void good_step() {
    std::unique_lock<std::mutex> lock(m);
    if (!full)
      cv.wait(lock);
    full = false;
  }
  void loop() {
    for (;;)
      good_step();
  }
  void put(int v) {
    std::lock_guard<std::mutex> lock(m);
    value = v;
    full = true;
    cv.notify_one();
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  bool full = false;
};

// A class that is about a condition, and no more.
class Wrapper {
public:
  void wait(std::unique_lock<std::mutex> &lock) { cv.wait(lock); }
  void notify() { cv.notify_one(); }

private:
  std::condition_variable cv;
};
