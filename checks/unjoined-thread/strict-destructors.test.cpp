// With RequireReleaseAtDestruction, a method that joins is no excuse for a
// destructor that doesn't.
// RUN: %check_leaks %s leak-unjoined-thread --silent
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-unjoined-thread.RequireReleaseAtDestruction: 'true'}}" -check-suffix=STRICT

#include <memory>
#include <pthread.h>
#include <thread>
#include <vector>

void work();
void *entry(void *);

class Service {
public:
  void start() { runner = std::thread(work); }
  void stop() { runner.join(); }

private:
  std::thread runner;
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:15: warning: 'runner' may still be joinable when 'Service' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class Base {
public:
  virtual ~Base() = default;
  virtual void shutdown() = 0;
};

class Reader : public Base {
public:
  Reader() : worker([this] { read(); }) {}
  void shutdown() override {
    if (worker.joinable())
      worker.join();
  }

private:
  void read();
  std::thread worker;
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'Reader' is destroyed; std::terminate is called [leak-unjoined-thread]
};
void Reader::read() {}

class Pool {
public:
  Pool() = default;
  ~Pool() {}
  void start(int n) {
    for (int i = 0; i < n; ++i)
      workers.emplace_back(work);
  }
  void stop() {
    for (auto &w : workers)
      w.join();
  }

private:
  std::vector<std::thread> workers;
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:28: warning: 'workers' may still hold joinable threads when 'Pool' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class StartedByOthers {
public:
  void put(std::thread t) { runner = std::move(t); }
  void stop() { runner.join(); }

private:
  std::thread runner;
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:15: warning: 'runner' may still be joinable when 'StartedByOthers' is destroyed; std::terminate is called [leak-unjoined-thread]
};

//===--- Silent with it, too ----------------------------------------------===//

class StoppedAtDestruction {
public:
  ~StoppedAtDestruction() { stop(); }
  void start() { runner = std::thread(work); }
  void stop() {
    if (runner.joinable())
      runner.join();
  }

private:
  std::thread runner;
};

class HandsItOn {
public:
  void start() { runner = std::thread(work); }
  void stop() { runner.join(); }
  std::thread take() { return std::move(runner); }

private:
  std::thread runner;
};

class SharedHandle {
public:
  void start() { runner = std::make_shared<std::thread>(work); }
  void stop() { runner->join(); }
  std::shared_ptr<std::thread> handle() const { return runner; }

private:
  std::shared_ptr<std::thread> runner;
};
