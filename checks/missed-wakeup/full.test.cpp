// Bounded queues whose takers are stopped.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

class BadUntested {
public:
  BadUntested() : thread([this] { work(); }) {}
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      running = false;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'running' ends those who take, but isn't tested by the wait on 'notFull'; who waits there for room waits for ever [leak-missed-wakeup]
    }
    notEmpty.notify_all();
    thread.join();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    while (jobs.size() >= 10)
      notFull.wait(lock);
    jobs.push_back(job);
    notEmpty.notify_one();
  }

private:
  int take() {
    std::unique_lock<std::mutex> lock(m);
    while (jobs.empty() && running)
      notEmpty.wait(lock);
    int job = -1;
    if (!jobs.empty()) {
      job = jobs.front();
      jobs.pop_front();
      notFull.notify_one();
    }
    return job;
  }
  void work() {
    while (running)
      take();
  }
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool running = true;
  std::thread thread;
};

class BadNotNotified {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'closed' ends those who take, and nobody notifies 'notFull'; who waits there for room waits for ever [leak-missed-wakeup]
    notEmpty.notify_all();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return closed || jobs.size() < 10; });
    jobs.push_back(job);
    notEmpty.notify_one();
  }
  bool take(int &job) {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed)
      return false;
    job = jobs.front();
    jobs.pop_front();
    notFull.notify_one();
    return true;
  }

protected:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool closed = false;
};

class GoodBoth {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    notEmpty.notify_all();
    notFull.notify_all();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return closed || jobs.size() < 10; });
    jobs.push_back(job);
    notEmpty.notify_one();
  }
  bool take(int &job) {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed)
      return false;
    job = jobs.front();
    jobs.pop_front();
    notFull.notify_one();
    return true;
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool closed = false;
};

// What is left is taken: that makes room.
class GoodDrained {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    notEmpty.notify_all();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return jobs.size() < 10; });
    jobs.push_back(job);
    notEmpty.notify_one();
  }
  bool take(int &job) {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed && jobs.empty())
      return false;
    job = jobs.front();
    jobs.pop_front();
    notFull.notify_one();
    return true;
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool closed = false;
};

// What is left is thrown away.
class GoodCleared {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    jobs.clear();
    notEmpty.notify_all();
    notFull.notify_all();
  }
  void add(int job) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return jobs.size() < 10; });
    jobs.push_back(job);
    notEmpty.notify_one();
  }
  bool take(int &job) {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed)
      return false;
    job = jobs.front();
    jobs.pop_front();
    notFull.notify_one();
    return true;
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::deque<int> jobs;
  bool closed = false;
};
