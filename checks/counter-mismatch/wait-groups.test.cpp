// Wait groups: counted up by some, down by others. From a fake header; and a
// class of the project's own.
//
// RUN: %check_leaks %s leak-counter-mismatch -- -isystem %repository/test/libraries/Inputs/marl

#include <condition_variable>
#include <functional>
#include <marl/scheduler.h>
#include <marl/waitgroup.h>
#include <mutex>
#include <vector>

bool ready(int);
void work(int);

void bad_early_return() {
  marl::WaitGroup group(1);
  marl::schedule([=] {
    if (!ready(1))
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'group' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    group.done();
  });
  group.wait();
}

void good_early_return() {
  marl::WaitGroup group(1);
  marl::schedule([=] {
    if (ready(1))
      work(1);
    group.done();
  });
  group.wait();
}

void bad_continue(const std::vector<int> &items) {
  marl::WaitGroup group;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'group' is not counted down on every path as often as it was counted up; whoever waits for it waits for ever [leak-counter-mismatch]
  for (int item : items) {
    group.add();
    if (!ready(item))
      continue;
    marl::schedule([=] { group.done(); });
  }
  group.wait();
}

void good_added_behind_the_condition(const std::vector<int> &items) {
  marl::WaitGroup group;
  for (int item : items) {
    if (!ready(item))
      continue;
    group.add();
    marl::schedule([=] { group.done(); });
  }
  group.wait();
}

void bad_added_inside(const std::vector<int> &items) {
  marl::WaitGroup group;
  for (int item : items)
    marl::schedule([=] {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'group' is counted up by what is started, so that the wait may be over before it begins; count it up before the start [leak-counter-mismatch]
      group.add();
      work(item);
      group.done();
    });
  group.wait();
}

// It is held by the one who starts, until all are started.
void good_added_inside_but_held() {
  marl::WaitGroup group(1);
  marl::schedule([=] {
    group.add();
    work(1);
    group.done();
    group.done();
  });
  group.wait();
}

void bad_added_once_more(int n) {
  marl::WaitGroup group;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'group' is counted up 1 time more than it is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  group.add(n + 1);
  for (int i = 0; i < n; ++i)
    marl::schedule([=] { group.done(); });
  group.wait();
}

void good_added_all(int n) {
  marl::WaitGroup group;
  group.add(n);
  for (int i = 0; i < n; ++i)
    marl::schedule([=] { group.done(); });
  group.wait();
}

//===----------------------------------------------------------------------===//
// Of the project's own
//===----------------------------------------------------------------------===//

class TaskGroup {
public:
  void add(int n) {
    std::lock_guard<std::mutex> lock(mutex_);
    count_ += n;
  }
  void done() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (--count_ == 0)
      changed_.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return count_ == 0; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

struct Pool {
  void submit(std::function<void()>);
};

void bad_own(Pool &pool, const std::vector<int> &items) {
  TaskGroup group;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'group' is not counted down on every path as often as it was counted up; whoever waits for it waits for ever [leak-counter-mismatch]
  group.add(items.size());
  for (int item : items) {
    if (!ready(item))
      continue;
    pool.submit([&group] { group.done(); });
  }
  group.wait();
}

void good_own(Pool &pool, const std::vector<int> &items) {
  TaskGroup group;
  group.add(items.size());
  for (int item : items) {
    if (!ready(item)) {
      group.done();
      continue;
    }
    pool.submit([&group] { group.done(); });
  }
  group.wait();
}

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

// The end of the token counts down.
struct Token {
  ~Token();
};

class [[clang::annotate("leak:counter")]] Tokens {
public:
  [[clang::annotate("leak:init")]] Tokens();
  [[clang::annotate("leak:count-up")]] Token take();
  [[clang::annotate("leak:count-up")]] void add();
  [[clang::annotate("leak:count-down")]] void done();
  [[clang::annotate("leak:wait")]] void wait();
};

void bad_annotated(Pool &pool) {
  Tokens tokens;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'tokens' is counted up 1 time more than it is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  tokens.add();
  tokens.add();
  pool.submit([&tokens] { tokens.done(); });
  tokens.wait();
}

void good_annotated(Pool &pool) {
  Tokens tokens;
  tokens.add();
  pool.submit([&tokens] { tokens.done(); });
  tokens.wait();
}

void good_token() {
  Tokens tokens;
  {
    Token one = tokens.take();
    work(1);
  }
  tokens.wait();
}
