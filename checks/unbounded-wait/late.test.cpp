// A wait that is asked for the stop only when it is over.
//
// RUN: %check_leaks %s leak-unbounded-wait -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

void use(int);

// What is closed between two calls of pop() is waited for all the same.
template <typename T> class BadQueue {
public:
  void close() {
    {
      std::lock_guard<std::mutex> lock(m);
      items.clear();
      closed = true;
    }
    cv.notify_all();
  }
  void push(T x) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(x);
    cv.notify_one();
  }
  bool pop(T &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      cv.wait(lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait on 'cv' tests 'closed' only when it is over; when 'close' has come before, it never ends [leak-unbounded-wait]
      if (closed)
        return false;
    }
    x = items.front();
    items.pop_front();
    return true;
  }

private:
  std::deque<T> items;
  std::mutex m;
  std::condition_variable cv;
  bool closed = false;
};

class Log {
public:
  Log()
      : thread([this] {
          int line;
          while (lines.pop(line))
            use(line);
        }) {}
  ~Log() {
    lines.close();
    thread.join();
  }
  void add(int line) { lines.push(line); }

private:
  BadQueue<int> lines;
  std::thread thread;
};

class Lines {
public:
  void close() {
    {
      std::lock_guard<std::mutex> lock(m);
      closed = true;
    }
    cv.notify_all();
  }
  void push(int x) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(x);
    cv.notify_one();
  }

  bool good_asks_first(int &x) {
    std::unique_lock<std::mutex> lock(m);
    if (closed)
      return false;
    while (items.empty()) {
      cv.wait(lock);
      if (closed)
        return false;
    }
    return take(x);
  }
  bool good_asks_before_each(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      if (closed)
        return false;
      cv.wait(lock);
    }
    return take(x);
  }
  bool good_in_the_condition(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty() && !closed)
      cv.wait(lock);
    return !closed && take(x);
  }
  bool good_asks_by_a_call(int &x) {
    std::unique_lock<std::mutex> lock(m);
    if (over())
      return false;
    while (items.empty()) {
      cv.wait(lock);
      if (closed)
        return false;
    }
    return take(x);
  }
  bool good_timed(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      cv.wait_for(lock, std::chrono::seconds(1));
      if (closed)
        return false;
    }
    return take(x);
  }
  // The caller asks.
  void good_caller() {
    int x;
    while (!closed && next(x))
      use(x);
  }

private:
  bool next(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      cv.wait(lock);
      if (closed)
        return false;
    }
    return take(x);
  }
  bool take(int &x) {
    x = items.front();
    items.pop_front();
    return true;
  }
  bool over() const { return closed; }
  std::deque<int> items;
  std::mutex m;
  std::condition_variable cv;
  bool closed = false;
};

// Each interruption is for one wait only.
class Interrupted {
public:
  void interrupt() {
    std::lock_guard<std::mutex> lock(m);
    cancelled = true;
    cv.notify_all();
  }
  void push(int x) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(x);
    cv.notify_one();
  }
  bool good_one_wait(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      cv.wait(lock);
      if (cancelled) {
        cancelled = false;
        return false;
      }
    }
    x = items.front();
    items.pop_front();
    return true;
  }

private:
  std::deque<int> items;
  std::mutex m;
  std::condition_variable cv;
  bool cancelled = false;
};

// The stop gives it something to take as well.
class Woken {
public:
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    items.push_back(-1);
    cv.notify_all();
  }
  bool good_given(int &x) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      cv.wait(lock);
      if (closed)
        return false;
    }
    x = items.front();
    items.pop_front();
    return true;
  }

private:
  std::deque<int> items;
  std::mutex m;
  std::condition_variable cv;
  bool closed = false;
};
