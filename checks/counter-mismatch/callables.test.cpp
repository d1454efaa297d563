// Who counts: the counter is followed into what is started, as a captured
// reference, pointer or owner, as a bound argument, and into helpers.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

bool ready(int);
void work(int);
struct Pool {
  void submit(std::function<void()>);
  bool trySubmit(std::function<void()>);
};

//===----------------------------------------------------------------------===//
// By which way it gets there
//===----------------------------------------------------------------------===//

void bad_shared() {
  auto done = std::make_shared<std::latch>(1);
  std::thread([done] {
    if (!ready(1))
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    done->count_down();
  }).detach();
  done->wait();
}

void good_shared() {
  auto done = std::make_shared<std::latch>(1);
  std::thread([done] {
    if (ready(1))
      work(1);
    done->count_down();
  }).detach();
  done->wait();
}

void bad_unique(int n) {
  auto done = std::make_unique<std::latch>(n + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'done' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&done] { done->count_down(); });
  done->wait();
}

void good_unique(int n) {
  auto done = std::make_unique<std::latch>(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&done] { done->count_down(); });
  done->wait();
}

// By another name, that the lambda gives it.
void bad_other_name(int n) {
  auto done = std::make_unique<std::latch>(n + 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'done' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([latch = done.get()] { latch->count_down(); });
  done->wait();
}

void good_other_name(int n) {
  auto done = std::make_unique<std::latch>(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([latch = done.get()] { latch->count_down(); });
  done->wait();
}

static void pointed(std::latch *latch, int x) {
  work(x);
  if (ready(x))
    latch->count_down();
}
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'latch' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]

void bad_bind() {
  std::latch done(1);
  std::thread thread(std::bind(pointed, &done, 1));
  done.wait();
  thread.join();
}

static void pointed_well(std::latch *latch, int x) {
  if (ready(x))
    work(x);
  latch->count_down();
}

void good_bind() {
  std::latch done(1);
  std::thread thread(std::bind(pointed_well, &done, 1));
  done.wait();
  thread.join();
}

struct Object {
  void bad_run(std::latch &latch) {
    if (!ready(2))
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'latch' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    latch.count_down();
  }
  void good_run(std::latch &latch) {
    if (!ready(2)) {
      latch.count_down();
      return;
    }
    work(2);
    latch.count_down();
  }
  void bad_helper(std::latch &latch) {
    if (!ready(3))
      return;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'latch' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    latch.count_down();
  }
  bool good_helper(std::latch &latch) {
    if (!ready(3))
      return false;
    latch.count_down();
    return true;
  }
  void start() {
    std::latch one(1), two(1), three(1), four(1);
    std::jthread first(&Object::bad_run, this, std::ref(one));
    std::jthread second(&Object::good_run, this, std::ref(two));
    std::jthread third([&, this] { bad_helper(three); });
    std::jthread fourth([&, this] {
      if (!good_helper(four))
        four.count_down();
    });
    one.wait();
    two.wait();
    three.wait();
    four.wait();
  }
};

// Called from elsewhere, too, where nothing may be owed.
static void shared_helper(std::latch &latch) {
  if (!ready(3))
    return;
  latch.count_down();
}

void good_called_twice(Pool &pool) {
  std::latch done(1);
  pool.submit([&] {
    shared_helper(done);
    shared_helper(done);
  });
  done.wait();
}

void bad_async() {
  std::latch done(1);
  auto result = std::async(std::launch::async, [&] {
    if (!ready(1))
      throw 1;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    done.count_down();
  });
  done.wait();
}

// Ends the process, so that nobody waits.
void good_throws_in_thread() {
  std::latch done(1);
  std::jthread thread([&] {
    if (!ready(1))
      throw 1;
    done.count_down();
  });
  done.wait();
}

// One is started less than was thought.
void bad_unstarted(Pool &pool, const std::vector<int> &items) {
  std::latch done(items.size());
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  for (int item : items)
    if (!pool.trySubmit([&] { done.count_down(); }))
      work(item);
  done.wait();
}

void good_unstarted_counts(Pool &pool, const std::vector<int> &items) {
  std::latch done(items.size());
  for (int item : items)
    if (!pool.trySubmit([&] { done.count_down(); })) {
      work(item);
      done.count_down();
    }
  done.wait();
}

//===----------------------------------------------------------------------===//
// How often it is counted
//===----------------------------------------------------------------------===//

void bad_twice_on_a_path(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      if (!ready(i))
        done.count_down();
      work(i);
      done.count_down();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'done' is counted down twice on this path, but each of those who count has only one; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
    });
  done.wait();
}

void good_else(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      if (!ready(i)) {
        done.count_down();
      } else {
        work(i);
        done.count_down();
      }
    });
  done.wait();
}

void good_twice_each(int n) {
  std::latch done(n * 2);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      done.count_down();
      work(i);
      done.count_down();
    });
  done.wait();
}

void bad_iterators(const std::vector<int> &items, Pool &pool) {
  std::latch done(items.size());
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  for (auto it = items.begin(); it != items.end(); ++it) {
    if (!ready(*it))
      continue;
    pool.submit([&] { done.count_down(); });
  }
  done.wait();
}

void good_iterators(const std::vector<int> &items, Pool &pool) {
  std::latch done(items.size());
  for (auto it = items.begin(); it != items.end(); ++it)
    pool.submit([&] { done.count_down(); });
  done.wait();
}

void bad_break(const std::vector<int> &items, Pool &pool) {
  std::latch done(items.size());
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  for (int item : items) {
    if (!ready(item))
      break;
    pool.submit([&] { done.count_down(); });
  }
  done.wait();
}

void good_break_counts_the_rest(const std::vector<int> &items, Pool &pool) {
  std::latch done(items.size());
  int started = 0;
  for (int item : items) {
    if (!ready(item))
      break;
    pool.submit([&] { done.count_down(); });
    ++started;
  }
  done.count_down(items.size() - started);
  done.wait();
}

void good_returns_before_the_wait(const std::vector<int> &items, Pool &pool) {
  std::latch done(items.size());
  for (int item : items) {
    if (!ready(item))
      return;
    pool.submit([&] { done.count_down(); });
  }
  done.wait();
}

void bad_one_of_two(bool both) {
  std::latch done(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  std::jthread first([&] { done.count_down(); });
  std::jthread second;
  if (both)
    second = std::jthread([&] { done.count_down(); });
  done.wait();
}

void good_one_of_two(bool both) {
  std::latch done(2);
  std::jthread first([&] { done.count_down(); });
  std::jthread second;
  if (both)
    second = std::jthread([&] { done.count_down(); });
  else
    done.count_down();
  done.wait();
}

void good_made_for_those(bool both) {
  std::latch done(both ? 2 : 1);
  std::jthread first([&] { done.count_down(); });
  std::jthread second;
  if (both)
    second = std::jthread([&] { done.count_down(); });
  done.wait();
}

// With a timeout nobody waits for ever.
void good_only_tried(Pool &pool) {
  std::latch done(2);
  pool.submit([&] { done.count_down(); });
  while (!done.try_wait())
    work(1);
}
