// Counters and flags that are kept by hand: the other ways out say what must be
// done.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>

void work(int);
void post(std::function<void()>);
void later(void (*)(void *), void *);

class Client {
public:
  int bad_one_exit_forgets(int kind);
  int good_all_exits(int kind);
  int good_result_tells(int kind);
  int bad_result_tells(int kind);
  void bad_flag(int kind);
  void good_stays_set(int kind);
  void good_given_on(int kind);
  void good_ended_elsewhere(int kind);
  void bad_helper(int kind);
  int good_cursor(int kind);
  void finished() {
    --in_flight_;
    changed_.notify_all();
  }
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  void leave() { busy_ = false; }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<int> in_flight_{0};
  std::atomic<int> calling_{0};
  int pos_ = 0;
  bool busy_ = false;
  bool sending_ = false;
};

int Client::bad_one_exit_forgets(int kind) {
  ++calling_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'calling_' is counted up here and down on every other way out, but not on all; whoever waits for it waits for ever [leak-counter-mismatch]
  if (kind == 1) {
    --calling_;
    return -1;
  }
  if (kind == 2)
    return -1;
  work(kind);
  --calling_;
  return 0;
}

int Client::good_all_exits(int kind) {
  ++calling_;
  if (kind == 1) {
    --calling_;
    return -1;
  }
  if (kind == 2) {
    calling_.fetch_sub(1);
    return -1;
  }
  work(kind);
  --calling_;
  return 0;
}

// 1: it is still going on, and `finished` ends it.
int Client::good_result_tells(int kind) {
  ++in_flight_;
  if (kind == 1) {
    --in_flight_;
    return -1;
  }
  if (kind == 2)
    return 1;
  --in_flight_;
  return 0;
}

// Whatever it says, there is nobody who could.
int Client::bad_result_tells(int kind) {
  ++calling_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'calling_' is counted up here and down on every other way out, but not on all; whoever waits for it waits for ever [leak-counter-mismatch]
  if (kind == 1) {
    --calling_;
    return -1;
  }
  if (kind == 2)
    return 1;
  --calling_;
  return 0;
}

void Client::bad_flag(int kind) {
  busy_ = true;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'busy_' is set here and cleared on every other way out, but not on all; whoever waits for it waits for ever [leak-counter-mismatch]
  if (kind == 1) {
    busy_ = false;
    return;
  }
  if (kind == 2)
    return;
  work(kind);
  busy_ = false;
}

// The usual way out leaves it set on purpose.
void Client::good_stays_set(int kind) {
  sending_ = true;
  if (kind == 1) {
    sending_ = false;
    return;
  }
  if (kind == 2) {
    sending_ = false;
    return;
  }
  work(kind);
}

void Client::good_given_on(int kind) {
  ++in_flight_;
  if (kind == 1) {
    --in_flight_;
    return;
  }
  if (kind == 2) {
    post([this] { finished(); });
    return;
  }
  work(kind);
  --in_flight_;
}

static void callback(void *client) { static_cast<Client *>(client)->finished(); }

void Client::good_ended_elsewhere(int kind) {
  ++in_flight_;
  if (kind == 1) {
    --in_flight_;
    return;
  }
  if (kind == 2) {
    later(callback, this);
    return;
  }
  work(kind);
  --in_flight_;
}

void Client::bad_helper(int kind) {
  busy_ = true;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'busy_' is set here and cleared on every other way out, but not on all; whoever waits for it waits for ever [leak-counter-mismatch]
  if (kind == 1) {
    leave();
    return;
  }
  if (kind == 2)
    return;
  work(kind);
  leave();
}

int Client::good_cursor(int kind) {
  ++pos_;
  if (kind == 1) {
    --pos_;
    return 0;
  }
  if (kind == 2)
    return 0;
  --pos_;
  return 0;
}

struct Options {
  bool change_level = false;
  int pending = 0;
};

// Nobody waits for what only this function knows.
void good_local_object(int kind) {
  Options options;
  options.change_level = true;
  ++options.pending;
  if (kind == 1) {
    options.change_level = false;
    --options.pending;
    return;
  }
  if (kind == 2)
    return;
  work(kind);
  options.change_level = false;
  --options.pending;
}

// But those of somebody else.
void bad_referred_object(Options &options, int kind) {
  ++options.pending;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'options.pending' is counted up here and down on every other way out, but not on all; whoever waits for it waits for ever [leak-counter-mismatch]
  if (kind == 1) {
    --options.pending;
    return;
  }
  if (kind == 2)
    return;
  work(kind);
  --options.pending;
}

#define ENSURE(x)                                                              \
  if (!(x))                                                                    \
  return

// An assertion of a test.
void good_macro(Options &options, int kind) {
  ++options.pending;
  if (kind == 1) {
    --options.pending;
    return;
  }
  ENSURE(kind > 0);
  work(kind);
  --options.pending;
}

//===----------------------------------------------------------------------===//
// Counters of one's own
//===----------------------------------------------------------------------===//

class Countdown {
public:
  explicit Countdown(int n) : left_(n) {}
  void oneDone() {
    std::lock_guard<std::mutex> lock(mutex_);
    --left_;
    changed_.notify_all();
  }
  void waitAll() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (left_ > 0)
      changed_.wait(lock);
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int left_;
};

struct Executor {
  void submit(std::function<void()>);
};

void bad_own_counter(Executor &executor) {
  Countdown left(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'left' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  executor.submit([&] { left.oneDone(); });
  executor.submit([&] { left.oneDone(); });
  left.waitAll();
}

void good_own_counter(Executor &executor) {
  Countdown left(2);
  executor.submit([&] { left.oneDone(); });
  executor.submit([&] { left.oneDone(); });
  left.waitAll();
}

void bad_own_counter_path(Executor &executor, int kind) {
  Countdown left(1);
  executor.submit([&, kind] {
    if (kind == 1)
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'left' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    left.oneDone();
  });
  left.waitAll();
}
