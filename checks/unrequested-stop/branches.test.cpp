// Flags and sources that are asked in one branch, and joined after both.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>
#include <vector>

void work();
bool flushed();
void rest();

class BadMany {
public:
  void start() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back(&BadMany::run, this);
  }
  void shutdown() {
    if (flush()) {
      stop_ = true;
    }
    for (auto &t : threads_)
      t.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'threads_' is joined, but 'stop_', until which it runs, is set on one path only; on another one this join never returns [leak-unrequested-stop]
    // CHECK-FIXES: stop_ = true;
    // CHECK-FIXES-NEXT: }
    // CHECK-FIXES-NEXT: stop_ = true;
    // CHECK-FIXES-NEXT: for (auto &t : threads_)
  }

private:
  bool flush();
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

class BadOne {
public:
  void start() {
    running_ = true;
    thread_ = std::thread([this] { run(); });
  }
  ~BadOne() {
    bool saved = flushed();
    if (!saved)
      work();
    else
      running_.store(false);
    if (thread_.joinable())
      thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread_' is joined, but 'running_', until which it runs, is set on one path only
    // CHECK-FIXES: running_.store(false);
    // CHECK-FIXES-NEXT: running_.store(false);
    // CHECK-FIXES-NEXT: if (thread_.joinable())
  }

private:
  void run() {
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class BadParameter {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish(bool now) {
    if (now)
      stop_ = true;
    finishThread();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined, but 'stop_', until which it runs, is set on one path only
  }

private:
  void finishThread() { thread_.join(); }
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

void bad_local() {
  std::atomic<bool> stop{false};
  std::thread worker([&] {
    while (!stop)
      work();
  });
  if (flushed())
    stop = true;
  worker.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'worker' is joined, but 'stop', until which it runs, is set on one path only
  // CHECK-FIXES: stop = true;
  // CHECK-FIXES-NEXT: stop = true;
  // CHECK-FIXES-NEXT: worker.join();
}

class BadSource {
public:
  void start() { thread_ = std::thread(&BadSource::run, this, source_.get_token()); }
  void shutdown() {
    if (flushed())
      source_.request_stop();
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'source_' is not asked to stop before what runs until then is joined; the join never returns
    // CHECK-FIXES: source_.request_stop();
    // CHECK-FIXES-NEXT: source_.request_stop();
    // CHECK-FIXES-NEXT: thread_.join();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::stop_source source_;
  std::thread thread_;
};

//===--- What must stay silent --------------------------------------------===//

// The fixed ones.
class GoodMany {
public:
  void start() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back(&GoodMany::run, this);
  }
  void shutdown() {
    if (flush()) {
      stop_ = true;
    }
    stop_ = true;
    for (auto &t : threads_)
      t.join();
  }

private:
  bool flush();
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

void good_local() {
  std::atomic<bool> stop{false};
  std::thread worker([&] {
    while (!stop)
      work();
  });
  if (flushed())
    stop = true;
  else
    stop.store(true);
  worker.join();
}

#define WORKER(NAME)                                                           \
private:                                                                       \
  void run() {                                                                 \
    while (!stop_)                                                             \
      work();                                                                  \
  }                                                                            \
  std::atomic<bool> stop_{false};                                              \
  std::thread thread_;                                                         \
  friend struct Nobody##NAME;

#define LONELY                                                                 \
private:                                                                       \
  void run() {                                                                 \
    while (!stop_)                                                             \
      work();                                                                  \
  }                                                                            \
  std::atomic<bool> stop_{false};                                              \
  std::thread thread_;

class GoodJoinable {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~GoodJoinable() {
    if (thread_.joinable())
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  LONELY
};

class GoodStarted {
public:
  void start() {
    good_ = true;
    thread_ = std::thread([this] { run(); });
  }
  ~GoodStarted() {
    if (good_)
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  bool good_ = false;
  LONELY
};

class GoodStartedByCaller {
public:
  void begin() {
    if (wanted_)
      start();
  }
  ~GoodStartedByCaller() {
    if (wanted_)
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  bool wanted_ = false;

private:
  void start() { thread_ = std::thread([this] { run(); }); }
  LONELY
};

class GoodQuery {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~GoodQuery() {
    if (isRunning())
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  bool isRunning() const;
  LONELY
};

class GoodFlagItself {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~GoodFlagItself() {
    if (!stop_)
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  LONELY
};

// Once.
class GoodOnce {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~GoodOnce() {
    if (!told_) {
      told_ = true;
      stop_ = true;
    }
    if (thread_.joinable())
      thread_.join();
  }
  bool told_ = false;
  LONELY
};

class GoodExchange {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  ~GoodExchange() {
    if (!told_.exchange(true))
      stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  std::atomic<bool> told_ = false;
  LONELY
};

// Others ask.
class GoodOthers {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void request() { stop_ = true; }
  void finish(bool now) {
    if (now)
      stop_ = true;
    thread_.join();
  }
  LONELY
};

class GoodFriend {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish(bool now) {
    if (now)
      stop_ = true;
    rest();
    thread_.join();
  }
  void quit();
  WORKER(Friend)
};

// It leaves instead.
class GoodLeaves {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (flushed())
      stop_ = true;
    else
      return;
    thread_.join();
  }
  LONELY
};

class GoodThrows {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (flushed())
      stop_ = true;
    else
      throw 1;
    thread_.join();
  }
  LONELY
};

class GoodJoinToo {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (flushed()) {
      stop_ = true;
      thread_.join();
    }
  }
  LONELY
};

class GoodSameCondition {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish(bool now) {
    if (now)
      stop_ = true;
    work();
    if (now)
      thread_.join();
  }
  LONELY
};

class GoodDetached {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (flushed())
      stop_ = true;
    else
      thread_.detach();
    if (thread_.joinable())
      thread_.join();
  }
  LONELY
};

// It ends by itself as well.
class GoodEnds {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish(bool now) {
    if (now)
      stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      if (flushed())
        break;
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodTellsItself {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish(bool now) {
    if (now)
      stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      if (flushed())
        stop_ = true;
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The thread tells that it has come to its end.
class GoodTold {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (!over_)
      stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      work();
    over_ = true;
  }
  std::atomic<bool> stop_{false}, over_{false};
  std::thread thread_;
};

struct Inner {
  std::atomic<bool> stop{false};
};
class GoodPointer {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void finish() {
    if (inner_)
      inner_->stop = true;
    thread_.join();
  }

private:
  void run() {
    while (!inner_->stop)
      work();
  }
  Inner *inner_ = nullptr;
  std::thread thread_;
};

// No thread on the other path.
void good_localStart(bool fast) {
  std::atomic<bool> stop{false};
  std::thread worker;
  if (fast)
    worker = std::thread([&] {
      while (!stop)
        work();
    });
  if (fast)
    stop = true;
  if (worker.joinable())
    worker.join();
}

class GoodSource {
public:
  void start() { thread_ = std::thread(&GoodSource::run, this, source_.get_token()); }
  void ask() { source_.request_stop(); }
  void shutdown() {
    if (flushed())
      source_.request_stop();
    thread_.join();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::stop_source source_;
  std::thread thread_;
};

class GoodSourceStarted {
public:
  void start() {
    thread_ = std::thread(&GoodSourceStarted::run, this, source_.get_token());
    started_ = true;
  }
  ~GoodSourceStarted() {
    if (started_)
      source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::stop_source source_;
  bool started_ = false;
  std::thread thread_;
};
