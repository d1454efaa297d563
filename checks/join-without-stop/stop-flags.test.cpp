// Threads that wait on a condition, and end when a flag is set.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

//===--- The flag is set, nobody wakes the thread -------------------------===//

class BadNotWoken {
public:
  BadNotWoken() : thread([this] { run(); }) {}
  ~BadNotWoken() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'cv' for ever, and so does this join [leak-join-without-stop]
  }
  void post(int job) {
    std::lock_guard<std::mutex> lock(m);
    jobs.push_back(job);
    cv.notify_one();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop) {
      cv.wait(lock, [this] { return stop || !jobs.empty(); });
      jobs.clear();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

class GoodWoken {
public:
  GoodWoken() : thread([this] { run(); }) {}
  ~GoodWoken() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_all();
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop) {
      cv.wait(lock, [this] { return stop || !jobs.empty(); });
      jobs.clear();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

// By way of helpers, and of a container.
class BadHelpers {
public:
  void start() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(&BadHelpers::run, this);
  }
  void shutdown() {
    requestStop();
    joinAll();
  }

private:
  void requestStop() {
    std::lock_guard<std::mutex> lock(m);
    stop = true;
  }
  void joinAll() {
    for (std::thread &t : threads)
      t.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'threads' is joined, but nobody wakes it after 'stop' is set: it may wait on 'cv' for ever, and so does this join [leak-join-without-stop]
  }
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (jobs.empty() && !stop)
        cv.wait(lock);
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

class GoodHelpers {
public:
  void start() {
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(&GoodHelpers::run, this);
  }
  void shutdown() {
    requestStop();
    joinAll();
  }

private:
  void requestStop() {
    std::lock_guard<std::mutex> lock(m);
    stop = true;
    cv.notify_all();
  }
  void joinAll() {
    for (std::thread &t : threads)
      t.join();
  }
  void run() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (jobs.empty() && !stop)
        cv.wait(lock);
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

// The wait ends by itself.
class GoodTimed {
public:
  GoodTimed() : thread([this] { run(); }) {}
  ~GoodTimed() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop)
      cv.wait_for(lock, std::chrono::seconds(1));
  }
  std::mutex m;
  std::condition_variable cv;
  std::atomic<bool> stop{false};
  std::thread thread;
};

// Something that isn't seen may wake it.
class SilentUnseen {
public:
  SilentUnseen() : thread([this] { run(); }) {}
  ~SilentUnseen() {
    stop = true;
    wake();
    thread.join();
  }

private:
  void wake();
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop)
      cv.wait(lock);
  }
  std::mutex m;
  std::condition_variable cv;
  std::atomic<bool> stop{false};
  std::thread thread;
};

//===--- It is woken, and waits again -------------------------------------===//

class BadNotTested {
public:
  BadNotTested() : thread(&BadNotTested::run, this) {}
  ~BadNotTested() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
    }
    cv.notify_all();
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but its wait on 'cv' doesn't test 'stop': it wakes up and waits again, and this join waits for ever [leak-join-without-stop]
  }

private:
  void run() {
    while (!stop) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !jobs.empty(); });
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

class BadInnerLoop {
public:
  BadInnerLoop() : thread(&BadInnerLoop::run, this) {}
  ~BadInnerLoop() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
      cv.notify_all();
    }
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but its wait on 'cv' doesn't test 'stop': it wakes up and waits again, and this join waits for ever [leak-join-without-stop]
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop) {
      while (jobs.empty())
        cv.wait(lock);
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

// A job that is put in for the purpose ends the wait.
class GoodSentinel {
public:
  GoodSentinel() : thread(&GoodSentinel::run, this) {}
  ~GoodSentinel() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
      jobs.push_back(-1);
    }
    cv.notify_all();
    thread.join();
  }

private:
  void run() {
    while (!stop) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !jobs.empty(); });
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

// The inner loop is left by the flag.
class GoodInnerExit {
public:
  GoodInnerExit() : thread(&GoodInnerExit::run, this) {}
  ~GoodInnerExit() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
      cv.notify_all();
    }
    thread.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop) {
      while (jobs.empty()) {
        if (stop)
          return;
        cv.wait(lock);
      }
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool stop = false;
  std::thread thread;
};

//===--- The flag is set too late, or never -------------------------------===//

class BadLater {
public:
  BadLater() : thread(&BadLater::run, this) {}
  void close() {
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined before 'stop' is set, until which it runs; this join never returns [leak-join-without-stop]
    stop = true;
  }

private:
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

class GoodBefore {
public:
  GoodBefore() : thread(&GoodBefore::run, this) {}
  void close() {
    stop = true;
    thread.join();
  }
  // To be started again.
  void restart() {
    close();
    stop = false;
    thread = std::thread(&GoodBefore::run, this);
  }

private:
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

// The thread comes to an end by itself, too.
class GoodByItself {
public:
  GoodByItself() : thread(&GoodByItself::run, this) {}
  void close() {
    thread.join();
    stop = true;
  }

private:
  bool step();
  void run() {
    while (!stop) {
      if (!step())
        break;
    }
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

class BadNever {
public:
  BadNever() : thread(&BadNever::run, this) {}
  ~BadNever() {
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nothing sets 'stop', until which it runs; this join never returns [leak-join-without-stop]
  }

private:
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

// Others can set it.
class GoodPublic {
public:
  GoodPublic() : thread(&GoodPublic::run, this) {}
  ~GoodPublic() { thread.join(); }
  std::atomic<bool> stop{false};

private:
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::thread thread;
};

class GoodGivenAway {
public:
  GoodGivenAway() : thread(&GoodGivenAway::run, this) { lend(&stop); }
  ~GoodGivenAway() { thread.join(); }

private:
  static void lend(std::atomic<bool> *);
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

// Stopped by one method, joined by another: who uses it calls both.
class GoodConvention {
public:
  GoodConvention() : thread(&GoodConvention::run, this) {}
  void requestStop() { stop = true; }
  void join() { thread.join(); }

private:
  void run() {
    while (!stop)
      std::this_thread::yield();
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

//===--- No way out -------------------------------------------------------===//

class BadEndless {
public:
  BadEndless() : thread(&BadEndless::run, this) {}
  ~BadEndless() {
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but the loop in which it waits has no end; this join never returns [leak-join-without-stop]
  }
  void post(int job) {
    std::lock_guard<std::mutex> lock(m);
    jobs.push_back(job);
    cv.notify_one();
  }

private:
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !jobs.empty(); });
      jobs.pop_front();
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  std::thread thread;
};

// A job ends it.
class GoodPoison {
public:
  GoodPoison() : thread(&GoodPoison::run, this) {}
  ~GoodPoison() {
    post(-1);
    thread.join();
  }
  void post(int job) {
    std::lock_guard<std::mutex> lock(m);
    jobs.push_back(job);
    cv.notify_one();
  }

private:
  void run() {
    while (true) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !jobs.empty(); });
      int job = jobs.front();
      jobs.pop_front();
      if (job < 0)
        return;
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  std::thread thread;
};

// An exception does.
class GoodThrows {
public:
  GoodThrows() : thread(&GoodThrows::run, this) {}
  ~GoodThrows() { thread.join(); }

private:
  int take() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return closed || !jobs.empty(); });
    if (closed)
      throw closed;
    return jobs.front();
  }
  void run() {
    try {
      while (true)
        take();
    } catch (bool) {
    }
  }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> jobs;
  bool closed = false;
  std::thread thread;
};

//===--- Local variables --------------------------------------------------===//

void bad_local() {
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  int jobs = 0;
  std::thread worker([&] {
    std::unique_lock<std::mutex> lock(m);
    while (!stop) {
      cv.wait(lock, [&] { return jobs != 0 || stop; });
      jobs = 0;
    }
  });
  {
    std::lock_guard<std::mutex> lock(m);
    jobs = 1;
    cv.notify_one();
  }
  {
    std::lock_guard<std::mutex> lock(m);
    stop = true;
    cv.notify_one();
  }
  worker.join();
}
