// One of many is notified, and only when what they wait for was empty.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

void consume(int);

class BadEdge {
public:
  BadEdge() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    bool wasEmpty = queue.empty();
    queue.push_back(x);
    if (wasEmpty)
      cv.notify_one();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: one of those who wait on 'cv' is woken when 'queue' was empty, and none for what is added before it is taken; the others sleep on [leak-missed-wakeup]
  }
  void addOther(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    if (queue.size() == 1)
      cv.notify_one();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: one of those who wait on 'cv' is woken when 'queue' was empty, and none for what is added before it is taken; the others sleep on [leak-missed-wakeup]
  }
  void addAll(int x) {
    std::lock_guard<std::mutex> lock(m);
    bool wasEmpty = queue.empty();
    queue.push_back(x);
    if (wasEmpty)
      cv.notify_all();
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
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  std::vector<std::thread> threads;
};

// One thread takes all.
class GoodEdge {
public:
  GoodEdge() : thread([this] { run(); }) {}
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    bool wasEmpty = queue.empty();
    queue.push_back(x);
    if (wasEmpty)
      cv.notify_one();
  }
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty())
        cv.wait(lock);
      queue.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  std::thread thread;
};

// Who takes one wakes the next.
class GoodChain {
public:
  GoodChain() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([this] { run(); });
  }
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    if (queue.size() == 1)
      cv.notify_one();
  }
  void stop();

private:
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (queue.empty())
        cv.wait(lock);
      queue.pop_front();
      if (!queue.empty())
        cv.notify_one();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  std::vector<std::thread> threads;
};
