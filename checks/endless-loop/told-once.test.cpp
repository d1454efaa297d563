// A thread that waits in its loop is told of where it is joined.
//
// RUN: %check_leaks %s leak-endless-loop,leak-join-without-stop,leak-unbounded-wait

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class Worker {
public:
  Worker() : thread([this] { run(); }) {}
  ~Worker() { thread.join(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'thread' is joined, but the loop in which it waits has no end; this join never returns [leak-join-without-stop]
  void post(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      ready.wait(lock, [this] { return !values.empty(); });
      values.pop_front();
    }
  }
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  std::thread thread;
};

class Stopped {
public:
  Stopped() : thread([this] { run(); }) {}
  ~Stopped() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      stop = true;
    }
    ready.notify_all();
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but its wait on 'ready' doesn't test 'stop': it wakes up and waits again, and this join waits for ever [leak-join-without-stop]
  }
  void post(int value) {
    std::lock_guard<std::mutex> lock(mutex);
    values.push_back(value);
    ready.notify_one();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex);
    while (!stop) {
      ready.wait(lock, [this] { return !values.empty(); });
      values.pop_front();
    }
  }
  std::mutex mutex;
  std::condition_variable ready;
  std::deque<int> values;
  bool stop = false;
  std::thread thread;
};
