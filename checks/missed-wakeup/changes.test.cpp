// State that waiters test, and that changes without a notification after it.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <queue>
#include <thread>
#include <utility>

//===--- A sibling notifies -----------------------------------------------===//

class Slot {
public:
  void bad_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    value = v;
    full = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'full' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
  }
  void good_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    value = v;
    full = true;
    cv.notify_one();
  }
  void good_put_unlocked(int v) {
    {
      std::lock_guard<std::mutex> lock(m);
      value = v;
      full = true;
    }
    cv.notify_one();
  }
  // Its caller notifies.
  void good_all(int v) {
    std::lock_guard<std::mutex> lock(m);
    set(v);
    cv.notify_all();
  }
  // It isn't what the others wait for.
  void good_reset() {
    std::lock_guard<std::mutex> lock(m);
    full = false;
  }
  int get() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return full; });
    full = false;
    return value;
  }

private:
  void set(int v) {
    value = v;
    full = true;
  }
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  bool full = false;
};

// The other one is only woken when its time is up.
class Runner {
public:
  void post(int op) {
    std::lock_guard<std::mutex> lock(m);
    ops.push(op);
    cv.notify_all();
  }
  void bad_cancel(int op) {
    std::lock_guard<std::mutex> lock(m);
    ops.push(-op);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'ops' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
  }
  void loop() {
    std::unique_lock<std::mutex> lock(m);
    while (running) {
      cv.wait_for(lock, std::chrono::seconds(10), [this] {
        if (!running)
          return true;
        if (!ops.empty())
          return true;
        return false;
      });
      ops.pop();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::queue<int> ops;
  bool running = true;
};

//===--- Nobody notifies of it --------------------------------------------===//

template <typename T> class Bounded {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    stopping = true;
    room.notify_all();
  }
  void push(T v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return items.size() < limit || stopping; });
    items.push_back(std::move(v));
  }
  void bad_pop() {
    std::unique_lock<std::mutex> lock(m);
    items.pop_front();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'items' changes without a notification of 'room'; who waits for it is not woken [leak-missed-wakeup]
  }

private:
  std::deque<T> items;
  size_t limit = 8;
  bool stopping = false;
  std::mutex m;
  std::condition_variable room;
};

template <typename T> class GoodBounded {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    stopping = true;
    room.notify_all();
  }
  void push(T v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return items.size() < limit || stopping; });
    items.push_back(std::move(v));
  }
  void pop() {
    std::unique_lock<std::mutex> lock(m);
    items.pop_front();
    room.notify_one();
  }

private:
  std::deque<T> items;
  size_t limit = 8;
  bool stopping = false;
  std::mutex m;
  std::condition_variable room;
};

void use(Bounded<int> &b, GoodBounded<int> &g) {
  b.push(1);
  b.bad_pop();
  b.stop();
  g.push(1);
  g.pop();
  g.stop();
}

// A method that isn't seen may notify.
class Elsewhere {
public:
  void set() {
    std::lock_guard<std::mutex> lock(m);
    ready = true;
    changed();
  }
  void reset() {
    std::lock_guard<std::mutex> lock(m);
    ready = true;
    cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (!ready)
      cv.wait(lock);
  }

private:
  void changed();
  std::mutex m;
  std::condition_variable cv;
  bool ready = false;
};

//===--- Left before it notifies ------------------------------------------===//

class Early {
public:
  bool bad_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    full = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'full' changes, and this function is left before 'cv' is notified; who waits for it is not woken [leak-missed-wakeup]
    if (v < 0)
      return false;
    value = v;
    cv.notify_one();
    return true;
  }
  bool good_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    if (v < 0)
      return false;
    full = true;
    value = v;
    cv.notify_one();
    return true;
  }
  // Only who finds it empty has to be told.
  void good_edge(int v) {
    std::lock_guard<std::mutex> lock(m);
    bool was = full;
    full = true;
    value = v;
    if (!was)
      cv.notify_one();
  }
  int get() {
    std::unique_lock<std::mutex> lock(m);
    while (!full)
      cv.wait(lock);
    full = false;
    return value;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  bool full = false;
};

//===--- Notified before it changes ---------------------------------------===//

class Order {
public:
  void bad_put(int v) {
    cv.notify_one();
    std::lock_guard<std::mutex> lock(m);
    full = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'full' changes after 'cv' is notified; who is woken finds it unchanged and waits for ever [leak-missed-wakeup]
    value = v;
  }
  // Who is woken has to wait for the mutex.
  void good_put(int v) {
    std::lock_guard<std::mutex> lock(m);
    cv.notify_one();
    full = true;
    value = v;
  }
  int get() {
    std::unique_lock<std::mutex> lock(m);
    while (!full)
      cv.wait(lock);
    full = false;
    return value;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int value = 0;
  bool full = false;
};
