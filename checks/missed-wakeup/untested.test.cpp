// The waiter looks before it takes the mutex, or doesn't look at all.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

void use(const std::deque<int> &);
void work();
void consume(int);

//===--- What was added meanwhile -----------------------------------------===//

class BadAppender {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_all();
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
    }
    cv.notify_all();
  }
  void loop() {
    while (!done) {
      std::deque<int> local;
      {
        std::unique_lock<std::mutex> lock(m);
        if (done)
          return;
        cv.wait(lock);
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'queue' isn't tested since 'm' was taken; when it has changed before, this wait misses the notification of 'cv' [leak-missed-wakeup]
        if (done)
          return;
        local.swap(queue);
      }
      use(local);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};

class GoodAppender {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_all();
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
    }
    cv.notify_all();
  }
  void loop() {
    for (;;) {
      std::deque<int> local;
      {
        std::unique_lock<std::mutex> lock(m);
        while (queue.empty() && !done)
          cv.wait(lock);
        if (done)
          return;
        local.swap(queue);
      }
      use(local);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};

// It takes all before it waits, without giving the mutex back in between.
class GoodDrain {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void loop() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (!queue.empty()) {
        consume(queue.front());
        queue.pop_front();
      }
      cv.wait(lock);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
};

// A number stands for what is in the queue.
class GoodNumber {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    ++count;
    cv.notify_one();
  }
  void loop() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      while (count == 0)
        cv.wait(lock);
      --count;
      queue.pop_front();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  int count = 0;
};

// Somebody else is asked, who looks.
class GoodAsks {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void loop() {
    for (;;) {
      std::unique_lock<std::mutex> lock(m);
      if (!any())
        cv.wait(lock);
      if (any())
        queue.pop_front();
    }
  }

private:
  bool any() const { return !queue.empty(); }
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
};

// The newest of what comes is enough for one that shows it.
class GoodDisplay {
public:
  void show(int x) {
    std::lock_guard<std::mutex> lock(m);
    frame = x;
    cv.notify_one();
  }
  void loop() {
    for (;;) {
      int now;
      {
        std::unique_lock<std::mutex> lock(m);
        cv.wait(lock);
        now = frame;
      }
      consume(now);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int frame = 0;
};

//===--- The stop that comes between --------------------------------------===//

class BadStop {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    state = 2;
    cv.notify_one();
  }
  void loop() {
    while (state != 2) {
      std::unique_lock<std::mutex> lock(m);
      if (queue.empty())
        cv.wait(lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'state' isn't tested since 'm' was taken; when it has changed before, this wait misses the notification of 'cv' [leak-missed-wakeup]
      if (queue.empty())
        continue;
      int x = queue.front();
      queue.pop_front();
      lock.unlock();
      consume(x);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  std::atomic<int> state{0};
};

// The guard is made without taking the mutex.
class BadDeferred {
public:
  void add(int x) {
    m.lock();
    queue.push_back(x);
    m.unlock();
    cv.notify_one();
  }
  void shutdown() {
    m.lock();
    state = 2;
    queue.clear();
    m.unlock();
    cv.notify_one();
  }
  void loop() {
    std::unique_lock<std::mutex> lock(m, std::defer_lock);
    while (state != 2) {
      lock.lock();
      if (queue.empty())
        cv.wait(lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'state' isn't tested since 'm' was taken; when it has changed before, this wait misses the notification of 'cv' [leak-missed-wakeup]
      if (!queue.empty())
        queue.pop_front();
      lock.unlock();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  int state = 0;
};

// The same with a predicate, where nobody in sight joins.
class BadPredicate {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
    }
    cv.notify_all();
  }
  void loop() {
    while (!done) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !queue.empty(); });
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done' isn't tested since 'm' was taken; when it has changed before, this wait misses the notification of 'cv' [leak-missed-wakeup]
      queue.pop_front();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};

// Something is added when it stops.
class GoodPill {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    done = true;
    queue.push_back(-1);
    cv.notify_all();
  }
  void loop() {
    while (!done) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait(lock, [this] { return !queue.empty(); });
      queue.pop_front();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};

// The mutex is held where the loop tests.
class GoodHeld {
public:
  void add(int x) {
    std::lock_guard<std::mutex> lock(m);
    queue.push_back(x);
    cv.notify_one();
  }
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    done = true;
    cv.notify_all();
  }
  void loop() {
    std::unique_lock<std::mutex> lock(m);
    while (!done) {
      if (queue.empty()) {
        cv.wait(lock);
        continue;
      }
      int x = queue.front();
      queue.pop_front();
      lock.unlock();
      consume(x);
      lock.lock();
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};

// The answer can't come before the question.
class GoodQuestion {
public:
  void answer() {
    std::lock_guard<std::mutex> lock(m);
    answered = true;
    cv.notify_all();
  }
  void ask() {
    while (!answered) {
      std::unique_lock<std::mutex> lock(m);
      work();
      cv.wait(lock);
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  bool answered = false;
};

// It comes back by itself.
class GoodTimed {
public:
  void stop() {
    std::lock_guard<std::mutex> lock(m);
    done = true;
    cv.notify_all();
  }
  void loop() {
    while (!done) {
      std::unique_lock<std::mutex> lock(m);
      cv.wait_for(lock, std::chrono::seconds(1));
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
};

// One branch takes the mutex again, the other one waits: never both in a turn.
class GoodOtherBranch {
public:
  void add(int x) {
    {
      std::lock_guard<std::mutex> lock(m);
      queue.push_back(x);
    }
    cv.notify_one();
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(m);
      done = true;
    }
    cv.notify_all();
  }
  void loop() {
    std::unique_lock<std::mutex> lock(m);
    while (true) {
      if (!queue.empty()) {
        int x = queue.front();
        queue.pop_front();
        lock.unlock();
        consume(x);
        lock.lock();
      } else if (done) {
        break;
      } else {
        cv.wait(lock);
      }
    }
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> queue;
  bool done = false;
};
