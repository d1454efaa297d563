// Several kinds of waiters, and notifications that come when the loop is over.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

void consume(int);

//===--- One condition for two kinds --------------------------------------===//

class BadIdle {
public:
  BadIdle() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    ++busy;
    cv.notify_all();
  }
  void waitIdle() {
    std::unique_lock<std::mutex> lock(m);
    while (busy != 0)
      cv.wait(lock);
  }
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty())
        cv.wait(lock);
      int x = queue.front();
      queue.pop_front();
      lock.unlock();
      consume(x);
      lock.lock();
      --busy;
      cv.notify_one();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: one of those who wait on 'cv' is woken, and it may be one that doesn't wait for 'busy'; who does sleeps on [leak-missed-wakeup]
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  int busy = 0;
  std::vector<std::thread> threads;
};

class GoodIdle {
public:
  GoodIdle() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    ++busy;
    cv.notify_one();
  }
  void waitIdle() {
    std::unique_lock<std::mutex> lock(m);
    while (busy != 0)
      idle.wait(lock);
  }
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty())
        cv.wait(lock);
      int x = queue.front();
      queue.pop_front();
      lock.unlock();
      consume(x);
      lock.lock();
      --busy;
      idle.notify_one();
    }
  }
  std::mutex m;
  std::condition_variable cv, idle;
  std::deque<int> queue;
  int busy = 0;
  std::vector<std::thread> threads;
};

// Only one thread waits for something else, and it is the one that notifies.
class GoodSingle {
public:
  GoodSingle() : thread([this] { run(); }) {}
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    ++busy;
    cv.notify_one();
  }
  void waitIdle() {
    std::unique_lock<std::mutex> lock(m);
    while (busy != 0)
      cv.wait(lock);
  }
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty())
        cv.wait(lock);
      queue.pop_front();
      --busy;
      cv.notify_one();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  int busy = 0;
  std::thread thread;
};

// Who is woken for nothing tells the next.
class GoodRelay {
public:
  GoodRelay() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  void waitIdle() {
    std::unique_lock<std::mutex> lock(m);
    while (busy != 0)
      cv.wait(lock);
  }
  void done() {
    std::lock_guard<std::mutex> lock(m);
    --busy;
    cv.notify_one();
  }
  void add(int x);
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty()) {
        cv.notify_one();
        cv.wait(lock);
      }
      queue.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  int busy = 0;
  std::vector<std::thread> threads;
};

//===--- Not before the loop is over --------------------------------------===//

class BadDrained {
public:
  BadDrained() : thread([this] { run(); }) {}
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_all();
  }
  void drain() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return queue.empty(); });
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
      cv.notify_all();
    }
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    for (;;) {
      cv.wait(lock, [this] { return done || !queue.empty(); });
      if (done)
        break;
      queue.pop_front();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'queue' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
    }
    cv.notify_all();
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
  std::thread thread;
};

class GoodDrained {
public:
  GoodDrained() : thread([this] { run(); }) {}
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_all();
  }
  void drain() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return queue.empty(); });
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
      cv.notify_all();
    }
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    for (;;) {
      cv.wait(lock, [this] { return done || !queue.empty(); });
      if (done)
        break;
      queue.pop_front();
      cv.notify_all();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
  std::thread thread;
};

// Nobody is there yet.
struct Plain {
  void open() {
    std::lock_guard<std::mutex> lock(m);
    item = nullptr;
  }
  void reset() { item = nullptr; }
  void take() {
    std::lock_guard<std::mutex> lock(m);
    item = nullptr;
    cv.notify_one();
  }
  void put(int *x) {
    std::unique_lock<std::mutex> lock(m);
    while (item)
      cv.wait(lock);
    item = x;
  }
  std::mutex m;
  std::condition_variable cv;
  int *item = nullptr;
};

// Work that is added is for those who wait, whatever the function is called.
struct Starter {
  void startJob(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'queue' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
  }
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  int take() {
    std::unique_lock<std::mutex> lock(m);
    while (queue.empty())
      cv.wait(lock);
    int x = queue.front();
    queue.pop_front();
    return x;
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
};

// The branch asks how to wait.
void waitWith(std::condition_variable *cv, std::unique_lock<std::mutex> &lock,
              const int *ms) {
  if (ms == nullptr) {
    cv->wait(lock);
    return;
  }
  cv->wait_for(lock, std::chrono::milliseconds(*ms));
}
