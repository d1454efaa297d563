// std::stop_token.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++20

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unistd.h>

void work();
bool tryConnect();

// S24: never looked at.

void bad_neverLooked(std::stop_token token) {
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'token' is never looked at; a request to stop doesn't end what this function does
  for (;;) {
    work();
    usleep(1000);
  }
}

void bad_neverLookedInLambda() {
  std::jthread worker([](std::stop_token token) {
    // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'token' is never looked at
    while (true)
      work();
  });
  work();
}

void good_looked(std::stop_token token) {
  while (!token.stop_requested())
    work();
}
void good_unnamed(std::stop_token) {
  for (;;)
    work();
}
void good_unused([[maybe_unused]] std::stop_token token) {
  for (;;)
    work();
}
void good_void(std::stop_token token) {
  (void)token;
  for (;;)
    work();
}
void good_short(std::stop_token token) { work(); }
void good_handedOn(std::stop_token token) { good_looked(token); }

struct Task {
  virtual ~Task();
  virtual void run(std::stop_token token) = 0;
};
struct GoodOverride : Task {
  void run(std::stop_token token) override {
    for (;;)
      work();
  }
};

// S24: the wait that doesn't know it.

class BadWait {
public:
  void start() { worker_ = std::jthread([this](std::stop_token t) { run(t); }); }
  void push(int job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(job);
    }
    cv_.notify_one();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      cv_.wait(lock, [this] { return !jobs_.empty(); });
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this wait on 'cv_' doesn't take the stop token; a request to stop wakes nobody here, and it may wait for ever
      // CHECK-FIXES: cv_.wait(lock, token, [this] { return !jobs_.empty(); });
      if (!jobs_.empty())
        jobs_.pop_front();
    }
  }
  std::mutex mutex_;
  std::condition_variable_any cv_;
  std::deque<int> jobs_;
  std::jthread worker_;
};

class GoodWait {
public:
  void start() { worker_ = std::jthread([this](std::stop_token t) { run(t); }); }
  void push(int job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(job);
    }
    cv_.notify_one();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      cv_.wait(lock, token, [this] { return !jobs_.empty(); });
      if (!jobs_.empty())
        jobs_.pop_front();
    }
  }
  std::mutex mutex_;
  std::condition_variable_any cv_;
  std::deque<int> jobs_;
  std::jthread worker_;
};

class BadPlainCondition {
public:
  void start() { worker_ = std::jthread([this](std::stop_token t) { run(t); }); }
  void push(int job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(job);
    }
    cv_.notify_one();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      cv_.wait(lock, [&] { return token.stop_requested() || !jobs_.empty(); });
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this wait on 'cv_' can't be ended by a stop token, for which nobody notifies it; a request to stop wakes nobody here, and it may wait for ever
      if (!jobs_.empty())
        jobs_.pop_front();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::deque<int> jobs_;
  std::jthread worker_;
};

class GoodNotifiedOnStop {
public:
  void start() { worker_ = std::jthread([this](std::stop_token t) { run(t); }); }
  ~GoodNotifiedOnStop() {
    {
      std::lock_guard lock(mutex_);
      worker_.request_stop();
    }
    cv_.notify_all();
  }
  void push(int job) {
    {
      std::lock_guard lock(mutex_);
      jobs_.push_back(job);
    }
    cv_.notify_one();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested()) {
      std::unique_lock lock(mutex_);
      cv_.wait(lock, [&] { return token.stop_requested() || !jobs_.empty(); });
      if (!jobs_.empty())
        jobs_.pop_front();
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  std::deque<int> jobs_;
  std::jthread worker_;
};

class GoodPublicCondition {
public:
  void run(std::stop_token token) {
    std::unique_lock lock(mutex_);
    while (!token.stop_requested())
      cv_.wait(lock);
  }
  std::mutex mutex_;
  std::condition_variable cv_;
};

// S25: not handed on.

void drain(int, std::stop_token token = {});
void drain(int, std::stop_token token) {
  while (!token.stop_requested())
    work();
}
void elsewhere(std::stop_token token = std::stop_token());
void ignoring(std::stop_token token = {}) { work(); }

void bad_notHandedOn(std::stop_token token) {
  if (token.stop_requested())
    return;
  drain(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'token' isn't handed on to 'drain', which could be stopped by it; it takes one that never asks
  // CHECK-FIXES: drain(1, token);
  elsewhere();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'token' isn't handed on to 'elsewhere'
  // CHECK-FIXES: elsewhere(token);
}

void good_handedOnAll(std::stop_token token) {
  drain(1, token);
  elsewhere(token);
  ignoring();
  // On purpose.
  drain(1, std::stop_token());
}
void good_noToken() { drain(1); }

// S22: one that never asks.

static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}
static void serveSome(std::stop_token token) {
  while (!token.stop_requested())
    if (!tryConnect())
      return;
}

void bad_neverAsks() {
  std::thread worker(serve, std::stop_token());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: this token can never be stopped, and nothing else ends the loop that polls it as 'token'; what is started here runs for ever
  worker.join();
}
void good_asks(std::stop_source &source) {
  std::thread worker(serve, source.get_token());
  worker.join();
}
void good_otherEnd() {
  std::thread worker(serveSome, std::stop_token());
  worker.join();
}

// S49, S75: between two polls.

void bad_retry(std::stop_token token) {
  while (!token.stop_requested()) {
    while (!tryConnect())
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop tries again and again without a look at the stop request, which ends the loop around it; as long as it fails, who asks it to stop waits
      usleep(100000);
    work();
  }
}
void bad_sleep(std::stop_token token) {
  while (!token.stop_requested()) {
    work();
    std::this_thread::sleep_for(std::chrono::hours(1));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this sleeps for 3600 seconds between two looks at the stop request; who asks it to stop waits as long
  }
}
void good_retry(std::stop_token token) {
  while (!token.stop_requested()) {
    while (!token.stop_requested() && !tryConnect())
      usleep(100000);
    work();
  }
}
void good_sleep(std::stop_token token) {
  std::mutex mutex;
  std::condition_variable_any cv;
  while (!token.stop_requested()) {
    work();
    std::unique_lock lock(mutex);
    cv.wait_for(lock, token, std::chrono::hours(1), [] { return false; });
  }
}

// The project's own question.

struct Worker {
  bool shouldStop() const;
  bool isReady();
  void run() {
    while (!shouldStop()) {
      while (!tryConnect())
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at the stop request
        usleep(100000);
      work();
    }
  }
  void good() {
    while (!shouldStop()) {
      while (!tryConnect()) {
        if (shouldStop())
          return;
        usleep(100000);
      }
      // It may ask itself.
      while (!isReady())
        usleep(100000);
      work();
    }
  }
};
