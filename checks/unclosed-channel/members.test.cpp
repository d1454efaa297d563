// Channels that are members, and threads that are as well.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#include <boost/fiber/all.hpp>
#include <memory>
#include <thread>
#include <vector>

using Channel = boost::fibers::buffered_channel<int>;
void use(int);

class BadNever {
public:
  BadNever() : worker_([this] { run(); }) {}
  ~BadNever() { worker_.join(); }
  void add(int job) { jobs_.push(job); }

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs_' is never closed; what
  // receives from it never ends, and the join waits for ever
  std::thread worker_;
};

class GoodCloses {
public:
  GoodCloses() : worker_([this] { run(); }) {}
  ~GoodCloses() {
    jobs_.close();
    worker_.join();
  }
  void add(int job) { jobs_.push(job); }

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  std::thread worker_;
};

class BadOrder {
public:
  BadOrder() : worker_(&BadOrder::run, this) {}
  ~BadOrder() {
    worker_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker_' is joined before
    // 'jobs_' is closed, for which it waits; the join waits for ever
    jobs_.close();
  }
  void add(int job) { jobs_.push(job); }

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  std::thread worker_;
};

class BadPool {
public:
  explicit BadPool(int n) {
    for (int i = 0; i < n; ++i)
      workers_.emplace_back([this] {
        int job = 0;
        while (jobs_->pop(job) == boost::fibers::channel_op_status::success)
          use(job);
      });
  }
  ~BadPool() {
    for (auto &worker : workers_)
      worker.join();
  }
  void add(int job) { jobs_->push(job); }

private:
  std::unique_ptr<Channel> jobs_ = std::make_unique<Channel>(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'jobs_' is never closed; what
  // receives
  std::vector<std::thread> workers_;
};

class GoodPool {
public:
  explicit GoodPool(int n) {
    for (int i = 0; i < n; ++i)
      workers_.emplace_back([this] {
        int job = 0;
        while (jobs_->pop(job) == boost::fibers::channel_op_status::success)
          use(job);
      });
  }
  ~GoodPool() { stop(); }
  void add(int job) { jobs_->push(job); }
  void stop() {
    jobs_->close();
    for (auto &worker : workers_)
      if (worker.joinable())
        worker.join();
  }

private:
  std::unique_ptr<Channel> jobs_ = std::make_unique<Channel>(8);
  std::vector<std::thread> workers_;
};

class BadJoining {
public:
  void add(int job) { jobs_.push(job); }

private:
  Channel jobs_{8};
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs_' is never closed; what
  // receives
  std::jthread worker_{[this] {
    for (int job : jobs_)
      use(job);
  }};
};

class GoodJoining {
public:
  ~GoodJoining() { jobs_.close(); }
  void add(int job) { jobs_.push(job); }

private:
  Channel jobs_{8};
  std::jthread worker_{[this] {
    for (int job : jobs_)
      use(job);
  }};
};

// Whoever gets it may close it.
class GoodHandedOut {
public:
  GoodHandedOut() : worker_([this] { run(); }) {}
  ~GoodHandedOut() { worker_.join(); }
  Channel &jobs() { return jobs_; }

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  std::thread worker_;
};

// Closed by a method that its users call first.
class GoodFinish {
public:
  GoodFinish() : worker_([this] { run(); }) {}
  ~GoodFinish() { worker_.join(); }
  void add(int job) { jobs_.push(job); }
  void finish() { jobs_.close(); }

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  std::thread worker_;
};

// Not all methods are visible.
class GoodElsewhere {
public:
  GoodElsewhere() : worker_([this] { run(); }) {}
  ~GoodElsewhere() { worker_.join(); }
  void stop();

private:
  void run() {
    for (int job : jobs_)
      use(job);
  }
  Channel jobs_{8};
  std::thread worker_;
};

// A value ends it.
class GoodSentinel {
public:
  GoodSentinel() : worker_([this] { run(); }) {}
  ~GoodSentinel() {
    jobs_.push(-1);
    worker_.join();
  }

private:
  void run() {
    for (int job : jobs_) {
      if (job < 0)
        return;
      use(job);
    }
  }
  Channel jobs_{8};
  std::thread worker_;
};
