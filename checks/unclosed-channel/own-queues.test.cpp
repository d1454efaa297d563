// Queues of the project's own, known by what their methods wait for.
//
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++17

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

// A channel that can be closed.
template <typename T> class BlockingQueue {
public:
  void push(T value) {
    {
      std::lock_guard<std::mutex> lock(m);
      items.push_back(value);
    }
    cv.notify_one();
  }
  bool pop(T &value) {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return closed || !items.empty(); });
    if (items.empty())
      return false;
    value = items.front();
    items.pop_front();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    cv.notify_all();
  }

private:
  std::deque<T> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable cv;
};

// One that can't.
class Mailbox {
public:
  void post(int value) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(value);
    cv.notify_one();
  }
  int take() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty())
      cv.wait(lock);
    int value = items.front();
    items.pop_front();
    return value;
  }

private:
  std::deque<int> items;
  std::mutex m;
  std::condition_variable cv;
};

void handle(int);

//===--- Never closed -----------------------------------------------------===//

void bad_local() {
  BlockingQueue<int> queue;
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'queue' is never closed; what receives from it never ends, and the join waits for ever [leak-unclosed-channel]
  std::thread worker([&] {
    int value;
    while (queue.pop(value))
      handle(value);
  });
  queue.push(1);
  worker.join();
}

void good_local() {
  BlockingQueue<int> queue;
  std::thread worker([&] {
    int value;
    while (queue.pop(value))
      handle(value);
  });
  queue.push(1);
  queue.close();
  worker.join();
}

class GoodMember {
public:
  GoodMember() : worker([this] { run(); }) {}
  ~GoodMember() {
    queue.close();
    worker.join();
  }

private:
  void run() {
    int value;
    while (queue.pop(value))
      handle(value);
  }
  BlockingQueue<int> queue;
  std::thread worker;
};

//===--- Can't be closed --------------------------------------------------===//

class BadFlag {
public:
  BadFlag() : worker(&BadFlag::run, this) {}
  ~BadFlag() {
    stop = true;
    worker.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is joined, but may receive in 'take' for ever: nothing wakes it after 'stop' is set [leak-unclosed-channel]
  }

private:
  void run() {
    while (!stop)
      handle(box.take());
  }
  Mailbox box;
  std::atomic<bool> stop{false};
  std::thread worker;
};

// What it takes then ends the wait.
class GoodSentinel {
public:
  GoodSentinel() : worker(&GoodSentinel::run, this) {}
  ~GoodSentinel() {
    stop = true;
    box.post(0);
    worker.join();
  }

private:
  void run() {
    while (!stop)
      handle(box.take());
  }
  Mailbox box;
  std::atomic<bool> stop{false};
  std::thread worker;
};

class BadEndless {
public:
  BadEndless() : worker(&BadEndless::run, this) {}
  ~BadEndless() {
    worker.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is joined, but may receive in 'take' for ever: its loop has no end [leak-unclosed-channel]
  }

private:
  void run() {
    for (;;)
      handle(box.take());
  }
  Mailbox box;
  std::thread worker;
};

class GoodByValue {
public:
  GoodByValue() : worker(&GoodByValue::run, this) {}
  ~GoodByValue() {
    box.post(-1);
    worker.join();
  }

private:
  void run() {
    for (;;) {
      int value = box.take();
      if (value < 0)
        break;
      handle(value);
    }
  }
  Mailbox box;
  std::thread worker;
};
