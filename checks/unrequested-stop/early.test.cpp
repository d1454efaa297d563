// Stops that come as soon as the starting function returns.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

void work();
bool prepare();

template <class F> class ScopeExit {
public:
  explicit ScopeExit(F f) : f_(std::move(f)) {}
  ~ScopeExit() {
    if (active_)
      f_();
  }
  void dismiss() { active_ = false; }

private:
  F f_;
  bool active_ = true;
};

struct Finally {
  std::function<void()> f;
  ~Finally() { f(); }
};

class StopAtEnd {
public:
  explicit StopAtEnd(std::stop_source &source) : source_(source) {}
  ~StopAtEnd() { source_.request_stop(); }

private:
  std::stop_source &source_;
};

static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}

class Sources {
public:
  ~Sources() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }

  void bad_guard() {
    thread_ = std::thread(serve, source_.get_token());
    ScopeExit guard([this] { source_.request_stop(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'guard' asks 'source_' to stop when 'bad_guard' returns; what it has started, and keeps in 'thread_', ends at once
  }

  void bad_guardFirst() {
    Finally guard{[this] { source_.request_stop(); }};
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'guard' asks 'source_' to stop when 'bad_guardFirst' returns
    if (!prepare())
      return;
    thread_ = std::thread(serve, source_.get_token());
  }

  void bad_ofLocal() {
    std::stop_source source;
    auto token = source.get_token();
    StopAtEnd guard(source);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'guard' asks 'source' to stop when 'bad_ofLocal' returns
    thread_ = std::thread([token] { serve(token); });
  }

  void bad_owner() {
    thread_ = std::thread(serve, source_.get_token());
    std::shared_ptr<void> end(nullptr,
                              [this](void *) { source_.request_stop(); });
    // CHECK-MESSAGES: :[[@LINE-2]]:27: warning: 'end' asks 'source_' to stop
  }

  // Only when something goes wrong.
  void good_dismissed() {
    ScopeExit guard([this] { source_.request_stop(); });
    thread_ = std::thread(serve, source_.get_token());
    if (prepare())
      guard.dismiss();
  }

  // The function lasts as long as the work.
  void good_waits() {
    ScopeExit guard([this] { source_.request_stop(); });
    thread_ = std::thread(serve, source_.get_token());
    while (prepare())
      work();
  }
  void good_joins() {
    {
      thread_ = std::thread(serve, source_.get_token());
      ScopeExit guard([this] { source_.request_stop(); });
    }
    thread_.join();
  }
  void good_runs() {
    ScopeExit guard([this] { source_.request_stop(); });
    thread_ = std::thread(serve, source_.get_token());
    runEvents();
  }

  // Another one's.
  void good_other(std::stop_source &other) {
    ScopeExit guard([&other] { other.request_stop(); });
    thread_ = std::thread(serve, source_.get_token());
  }

  void good_local() {
    std::stop_source source;
    StopAtEnd guard(source);
    std::jthread worker([token = source.get_token()] { serve(token); });
    work();
  }

private:
  void runEvents();
  std::stop_source source_;
  std::thread thread_;
};

// Flags.

class Flags {
public:
  ~Flags() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }

  void bad_guard() {
    thread_ = std::thread([this] { run(); });
    ScopeExit guard([this] { stop_ = true; });
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'guard' asks 'stop_' to stop when 'bad_guard' returns
  }

  void good_dismissed() {
    ScopeExit guard([this] { stop_ = true; });
    thread_ = std::thread([this] { run(); });
    if (prepare())
      guard.dismiss();
  }

  void good_otherFlag() {
    ScopeExit guard([this] { starting_ = false; });
    thread_ = std::thread([this] { run(); });
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false}, starting_{true};
  std::thread thread_;
};

// A handle that asks when it ends.

void bad_last() {
  prepare();
  std::jthread worker(serve);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' is asked to stop by its end as soon as it has started, where 'bad_last' returns
}

void good_notLast() {
  std::jthread worker(serve);
  work();
}

void good_block() {
  {
    std::jthread worker(serve);
  }
  work();
}

void good_noLoop() {
  std::jthread worker([](std::stop_token token) {
    if (!token.stop_requested())
      work();
  });
}
