// Counters of the standard library: what is started against what is waited for,
// and paths of what is started that don't count.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <barrier>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

bool ready(int);
void work(int);
void keep(std::latch &);
struct Pool {
  void submit(std::function<void()>);
  void every(std::function<void()>);
};

//===----------------------------------------------------------------------===//
// Paths that don't count
//===----------------------------------------------------------------------===//

void bad_early_return(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      if (!ready(i))
        return;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
      work(i);
      done.count_down();
    });
  done.wait();
}

void good_early_return_counts(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      if (!ready(i)) {
        done.count_down();
        return;
      }
      work(i);
      done.count_down();
    });
  done.wait();
}

struct Counted {
  std::latch &latch;
  ~Counted() { latch.count_down(); }
};

void good_guard_counts(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      Counted counted{done};
      if (!ready(i))
        return;
      work(i);
    });
  done.wait();
}

void bad_handler_forgets() {
  auto done = std::make_shared<std::latch>(1);
  std::jthread thread([done] {
    try {
      work(1);
      done->count_down();
    } catch (...) {
      work(2);
    }
  });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
  done->wait();
}

void good_counts_behind_the_handler() {
  auto done = std::make_shared<std::latch>(1);
  std::jthread thread([done] {
    try {
      work(1);
    } catch (...) {
      work(2);
    }
    done->count_down();
  });
  done->wait();
}

static void worker(std::latch &done, int i) {
  if (!ready(i))
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
  work(i);
  done.count_down();
}

void bad_bound_argument() {
  std::latch done(1);
  std::jthread thread(worker, std::ref(done), 1);
  done.wait();
}

static void good_worker(std::latch *done, int i) {
  if (ready(i))
    work(i);
  done->count_down();
}

void good_bound_arguments() {
  std::latch done(2);
  std::jthread first(good_worker, &done, 1);
  std::jthread second(good_worker, &done, 2);
  done.wait();
}

// The last one opens the gate; the others don't.
void good_only_one_counts(int n) {
  std::latch go(1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      if (i == 0)
        go.count_down();
      go.wait();
    });
}

// Handed on to somebody who can't be seen.
void good_handed_on(Pool &pool) {
  std::latch done(1);
  pool.submit([&] {
    if (ready(1)) {
      keep(done);
      return;
    }
    done.count_down();
  });
  done.wait();
}

//===----------------------------------------------------------------------===//
// Initial counts
//===----------------------------------------------------------------------===//

void bad_one_too_many(int n) {
  std::latch done(n + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] { done.count_down(); });
  done.wait();
}

void good_counts_itself(int n) {
  std::latch done(n + 1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] { done.count_down(); });
  done.arrive_and_wait();
}

void bad_less_or_equal(int n) {
  std::latch done(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is counted down 1 time more than it was made for; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i <= n; ++i)
    threads.emplace_back([&, i] { done.count_down(); });
  done.wait();
}

void bad_starts_at_one(int n) {
  std::latch done(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 1; i < n; ++i)
    threads.emplace_back([&, i] { done.count_down(); });
  done.wait();
}

void good_counts_for_the_first(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 1; i < n; ++i)
    threads.emplace_back([&, i] { done.count_down(); });
  done.count_down();
  done.wait();
}

void bad_continue(const std::vector<int> &items) {
  std::latch done(items.size());
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int item : items) {
    if (!ready(item))
      continue;
    threads.emplace_back([&, item] { done.count_down(); });
  }
  done.wait();
}

void good_continue_counts(const std::vector<int> &items) {
  std::latch done(items.size());
  std::vector<std::jthread> threads;
  for (int item : items) {
    if (!ready(item)) {
      done.count_down();
      continue;
    }
    threads.emplace_back([&, item] { done.count_down(); });
  }
  done.wait();
}

void good_grown_before(std::vector<int> &items) {
  items.push_back(1);
  std::latch done(items.size());
  std::vector<std::jthread> threads;
  for (int item : items)
    threads.emplace_back([&, item] { done.count_down(); });
  done.wait();
}

// Which is more isn't known.
void good_other_bounds(const std::vector<int> &items, int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int item : items)
    threads.emplace_back([&, item] { done.count_down(); });
  done.wait();
}

void bad_twice() {
  std::latch done(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is counted down 1 time more than it was made for; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
  std::jthread first([&] { done.count_down(); });
  std::jthread second([&] { done.count_down(); });
  done.wait();
}

void good_amounts() {
  std::latch done(3);
  std::jthread first([&] { done.count_down(2); });
  std::jthread second([&] { done.count_down(); });
  done.wait();
}

void bad_never_counted() {
  std::latch go(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'go' is waited for, but nobody counts it down; the wait never ends [leak-counter-mismatch]
  std::jthread thread([&] { go.wait(); });
}

void good_gate() {
  std::latch go(1);
  std::jthread thread([&] { go.wait(); });
  go.count_down();
}

void good_given_away() {
  std::latch go(1);
  keep(go);
  go.wait();
}

// It is run as often as the pool likes.
void good_runs_many_times(Pool &pool) {
  std::latch done(10);
  pool.every([&] { done.count_down(); });
  done.wait();
}

//===----------------------------------------------------------------------===//
// Barriers
//===----------------------------------------------------------------------===//

void bad_participants(int n) {
  std::barrier sync(n + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'sync' expects 1 participant more than take part; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0; phase < 3; ++phase)
        sync.arrive_and_wait();
    });
}

void good_participants(int n) {
  std::barrier sync(n + 1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0; phase < 3; ++phase)
        sync.arrive_and_wait();
    });
  for (int phase = 0; phase < 3; ++phase)
    sync.arrive_and_wait();
}

void bad_leaves_without_dropping() {
  std::barrier sync(2);
  std::jthread first([&] {
    if (!ready(1))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'sync' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    sync.arrive_and_wait();
  });
  std::jthread second([&] { sync.arrive_and_wait(); });
}

void good_drops() {
  std::barrier sync(2);
  std::jthread first([&] {
    if (!ready(1)) {
      sync.arrive_and_drop();
      return;
    }
    sync.arrive_and_wait();
  });
  std::jthread second([&] { sync.arrive_and_wait(); });
}
