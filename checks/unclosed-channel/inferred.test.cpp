// What was inferred of a class of the project is told with the finding.
//
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Queue {
public:
  void add(int value) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(value);
    cv.notify_one();
  }
  bool next(int &value) {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return over || !items.empty(); });
    if (items.empty())
      return false;
    value = items.front();
    items.pop_front();
    return true;
  }
  void finish() {
    std::lock_guard<std::mutex> lock(m);
    over = true;
    cv.notify_all();
  }

private:
  std::deque<int> items;
  bool over = false;
  std::mutex m;
  std::condition_variable cv;
};

void handle(int);

void bad_local() {
  Queue queue;
  // CHECK-NOTES: :[[@LINE-1]]:9: warning: 'queue' is never closed; what receives from it never ends, and the join waits for ever
  std::thread worker([&] {
    // CHECK-NOTES: :[[@LINE-1]]:15: note: what receives is started here
    int value;
    while (queue.next(value))
      // CHECK-NOTES: :[[@LINE-1]]:5: note: its loop ends only when the channel is closed
      handle(value);
  });
  queue.add(1);
  worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: joined here
  // CHECK-NOTES: :[[@LINE-37]]:8: note: 'Queue::next' is taken for a receive: it waits and takes
  // CHECK-NOTES: :[[@LINE-43]]:8: note: 'Queue::add' is taken for a send: it adds and notifies
}

// A worker takes for itself: no channel.
class Pool {
public:
  void submit(int value) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(value);
    cv.notify_one();
  }
  void work() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return over || !items.empty(); });
      if (over)
        return;
      handle(items.front());
      items.pop_front();
    }
  }
  void end() {
    std::lock_guard<std::mutex> lock(m);
    over = true;
    cv.notify_all();
  }

private:
  std::deque<int> items;
  bool over = false;
  std::mutex m;
  std::condition_variable cv;
};

void good_pool(bool stop) {
  Pool pool;
  std::thread worker([&] { pool.work(); });
  pool.submit(1);
  pool.end();
  worker.join();
}

// The name and the time say that it gives up.
class Timed {
public:
  void add(int value) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(value);
    cv.notify_one();
  }
  bool tryNext(int &value) { return take(value, nullptr, false); }
  bool next(int &value, const int *timeout) {
    return take(value, timeout, true);
  }

private:
  bool take(int &value, const int *timeout, bool block) {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      if (!block)
        return false;
      if (!timeout)
        cv.wait(lock);
      else if (cv.wait_for(lock, std::chrono::seconds(*timeout)) ==
               std::cv_status::timeout)
        return false;
    }
    value = items.front();
    items.pop_front();
    return true;
  }
  std::deque<int> items;
  std::mutex m;
  std::condition_variable cv;
};

void good_timed() {
  Timed queue;
  std::thread worker([&] {
    int value, second = 1;
    while (queue.tryNext(value) || queue.next(value, &second))
      handle(value);
  });
  queue.add(1);
  worker.join();
}

// The wait's loop is left by an exception.
struct Closed {
  Closed();
  Closed(const Closed &);
  ~Closed();
};

class Throwing {
public:
  void push(int value) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(value);
    cv.notify_all();
  }
  int pop() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty()) {
      if (over)
        throw Closed();
      cv.wait(lock);
    }
    int value = items.front();
    items.pop_front();
    return value;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    over = true;
    cv.notify_all();
  }

private:
  std::deque<int> items;
  bool over = false;
  std::mutex m;
  std::condition_variable cv;
};

void bad_throwing() {
  Throwing queue;
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: 'queue' is never closed; what receives from it never ends, and the join waits for ever
  std::thread worker([&] {
    // CHECK-NOTES: :[[@LINE-1]]:15: note: what receives is started here
    try {
      for (;;)
        // CHECK-NOTES: :[[@LINE-1]]:7: note: its loop ends only when the channel is closed
        handle(queue.pop());
    } catch (const Closed &) {
    }
  });
  queue.push(1);
  worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: joined here
  // CHECK-NOTES: :[[@LINE-39]]:7: note: 'Throwing::pop' is taken for a receive: it waits and takes
  // CHECK-NOTES: :[[@LINE-45]]:8: note: 'Throwing::push' is taken for a send: it adds and notifies
}

void good_throwing() {
  Throwing queue;
  std::thread worker([&] {
    try {
      for (;;)
        handle(queue.pop());
    } catch (const Closed &) {
    }
  });
  queue.push(1);
  queue.close();
  worker.join();
}
