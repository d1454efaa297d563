// Bounded queues that are closed for those who receive, and not for those who
// wait for room.
//
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

class BadQueue {
public:
  void push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return items.size() < 8; });
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: this wait for room is not ended by 'close', which ends those who receive; who sends then waits for ever [leak-unclosed-channel]
    items.push_back(v);
    some.notify_one();
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return closed || !items.empty(); });
    // CHECK-NOTES: :[[@LINE-1]]:5: note: what receives waits here, and tests 'closed'
    if (closed)
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    // CHECK-NOTES: :[[@LINE-1]]:5: note: set here; test it in the wait for room as well
    some.notify_all();
    // CHECK-NOTES: :[[@LINE-1]]:5: note: those who receive are woken here; wake those who wait on 'room' as well
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

// The mend.
class GoodQueue {
public:
  bool push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return closed || items.size() < 8; });
    if (closed)
      return false;
    items.push_back(v);
    some.notify_one();
    return true;
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return closed || !items.empty(); });
    if (closed)
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    some.notify_all();
    room.notify_all();
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

// What is left is taken before the end: there will be room.
class GoodDrain {
public:
  void push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return items.size() < 8; });
    items.push_back(v);
    some.notify_one();
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return closed || !items.empty(); });
    if (items.empty())
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    some.notify_all();
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

// Closing throws away what is there.
class GoodClears {
public:
  void push(int v) {
    std::unique_lock<std::mutex> lock(m);
    while (items.size() >= 8)
      room.wait(lock);
    items.push_back(v);
    some.notify_one();
  }
  int pop() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty() && !closed)
      some.wait(lock);
    if (closed)
      throw std::runtime_error("closed");
    int v = items.front();
    items.pop_front();
    room.notify_one();
    return v;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    items.clear();
    some.notify_all();
    room.notify_all();
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

// Gives up by itself.
class GoodTimed {
public:
  bool push(int v) {
    std::unique_lock<std::mutex> lock(m);
    if (!room.wait_for(lock, std::chrono::seconds(1),
                       [this] { return items.size() < 8; }))
      return false;
    items.push_back(v);
    some.notify_one();
    return true;
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return closed || !items.empty(); });
    if (closed)
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    some.notify_all();
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

// A pool: its threads end as soon as the flag is set.
class BadPool {
public:
  void start(int n) {
    for (int i = 0; i < n; ++i)
      threads.emplace_back([this] { work(); });
  }
  void run(int task) {
    std::unique_lock<std::mutex> lock(m);
    while (full())
      room.wait(lock);
      // CHECK-NOTES: :[[@LINE-1]]:7: warning: this wait for room is not ended by 'stop', which ends those who receive; who sends then waits for ever
    tasks.push_back(task);
    some.notify_one();
  }
  int take() {
    std::unique_lock<std::mutex> lock(m);
    while (tasks.empty() && running)
      some.wait(lock);
    // CHECK-NOTES: :[[@LINE-1]]:7: note: what receives waits here, and tests 'running'
    int task = 0;
    if (!tasks.empty()) {
      task = tasks.front();
      tasks.pop_front();
      room.notify_one();
    }
    return task;
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      running = false;
      // CHECK-NOTES: :[[@LINE-1]]:7: note: set here; test it in the wait for room as well
      some.notify_all();
      // CHECK-NOTES: :[[@LINE-1]]:7: note: those who receive are woken here; wake those who wait on 'room' as well
    }
    for (auto &thread : threads)
      thread.join();
  }

private:
  bool full() const { return limit > 0 && tasks.size() >= limit; }
  void work() {
    while (running)
      handle(take());
  }
  static void handle(int);
  std::deque<int> tasks;
  size_t limit = 0;
  bool running = true;
  std::mutex m;
  std::condition_variable some, room;
  std::vector<std::thread> threads;
};

// Only the end of the object ends it: nobody may use it then.
class GoodDestructor {
public:
  ~GoodDestructor() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    some.notify_all();
    worker.join();
  }
  void push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return items.size() < 8; });
    items.push_back(v);
    some.notify_one();
  }

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      some.wait(lock, [this] { return stop || !items.empty(); });
      if (stop)
        return;
      items.pop_front();
      room.notify_one();
    }
  }
  std::deque<int> items;
  bool stop = false;
  std::mutex m;
  std::condition_variable some, room;
  std::thread worker{[this] { run(); }};
};

// Two ends that are closed by two methods.
class GoodTwoEnds {
public:
  bool push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return noMoreReaders || items.size() < 8; });
    if (noMoreReaders)
      return false;
    items.push_back(v);
    some.notify_one();
    return true;
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return noMoreWriters || !items.empty(); });
    if (noMoreWriters)
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void closeWriters() {
    std::lock_guard<std::mutex> lock(m);
    noMoreWriters = true;
    some.notify_all();
  }
  void closeReaders() {
    std::lock_guard<std::mutex> lock(m);
    noMoreReaders = true;
    room.notify_all();
  }

private:
  std::deque<int> items;
  bool noMoreReaders = false, noMoreWriters = false;
  std::mutex m;
  std::condition_variable some, room;
};
