// Counters that are members or globals, and what is started to count them.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <functional>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

void work(int);
bool setup(int);
struct Pool {
  void submit(std::function<void()>);
};

//===----------------------------------------------------------------------===//
// Started by a pointer to the method, bound, or by a lambda
//===----------------------------------------------------------------------===//

class Runner {
public:
  void start() {
    for (int i = 0; i < 2; ++i)
      threads_.emplace_back(&Runner::worker, this);
  }
  void wait() {
    done_.wait();
    for (std::thread &thread : threads_)
      thread.join();
  }

private:
  void worker() {
    if (!setup(1))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done_' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    work(1);
    done_.count_down();
  }
  std::latch done_{2};
  std::vector<std::thread> threads_;
};

class GoodRunner {
public:
  void start() {
    for (int i = 0; i < 2; ++i)
      threads_.emplace_back(&GoodRunner::worker, this);
  }
  void wait() {
    done_.wait();
    for (std::thread &thread : threads_)
      thread.join();
  }

private:
  void worker() {
    if (!setup(1)) {
      done_.count_down();
      return;
    }
    work(1);
    done_.count_down();
  }
  std::latch done_{2};
  std::vector<std::thread> threads_;
};

class Bound {
public:
  void start(Pool &pool) { pool.submit(std::bind(&Bound::worker, this)); }
  void start_thread() { thread_ = std::thread(std::bind(&Bound::worker, this)); }
  void wait() {
    done_.wait();
    thread_.join();
  }

private:
  void worker() {
    if (!setup(1))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done_' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    done_.count_down();
  }
  std::latch done_{2};
  std::thread thread_;
};

class Called {
public:
  explicit Called(int n) : done_(n) {}
  void start(Pool &pool, int n) {
    for (int i = 0; i < n; ++i)
      pool.submit([this, i] { worker(i); });
  }
  void wait() { done_.wait(); }

private:
  void worker(int i) {
    if (!setup(i))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done_' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    done_.count_down();
  }
  std::latch done_;
};

class InTheLambda {
public:
  explicit InTheLambda(int n) : done_(std::make_unique<std::latch>(n)) {}
  void start(Pool &pool, int n) {
    for (int i = 0; i < n; ++i)
      pool.submit([this, i] {
        if (!setup(i))
          return;
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'done_' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
        done_->count_down();
      });
  }
  void wait() { done_->wait(); }

private:
  std::unique_ptr<std::latch> done_;
};

static std::latch all_done(4);

static void global_worker(int i) {
  if (!setup(i))
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'all_done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
  all_done.count_down();
}

void global_start() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(global_worker, i);
  all_done.wait();
  for (std::thread &thread : threads)
    thread.join();
}

//===----------------------------------------------------------------------===//
// Somebody else may count
//===----------------------------------------------------------------------===//

class CountedForIt {
public:
  void start(Pool &pool) {
    pool.submit([this] { worker(); });
  }
  void cancel() { done_.count_down(); }
  void wait() { done_.wait(); }

private:
  void worker() {
    if (!setup(1))
      return;
    done_.count_down();
  }
  std::latch done_{2};
};

class CalledToo {
public:
  void start(Pool &pool) {
    pool.submit([this] { worker(1); });
  }
  void run() { worker(2); }
  void wait() { done_.wait(); }

private:
  void worker(int i) {
    if (!setup(i))
      return;
    done_.count_down();
  }
  std::latch done_{2};
};

// The first who succeeds opens it.
class FirstOpens {
public:
  void start(Pool &pool) {
    for (int i = 0; i < 4; ++i)
      pool.submit([this, i] { worker(i); });
  }
  void wait() { done_.wait(); }

private:
  void worker(int i) {
    if (!setup(i))
      return;
    done_.count_down();
  }
  std::latch done_{1};
};

class NobodyWaits {
public:
  void start(Pool &pool) {
    for (int i = 0; i < 4; ++i)
      pool.submit([this, i] { worker(i); });
  }
  bool finished() const { return done_.try_wait(); }

private:
  void worker(int i) {
    if (!setup(i))
      return;
    done_.count_down();
  }
  std::latch done_{4};
};

// It is handed on there.
class Open {
public:
  void start(Pool &pool) {
    pool.submit([this] { worker(); });
  }
  void wait() { done_.wait(); }

protected:
  void handOn(std::latch &);
  void worker() {
    if (!setup(1)) {
      handOn(done_);
      return;
    }
    done_.count_down();
  }
  std::latch done_{2};
};
