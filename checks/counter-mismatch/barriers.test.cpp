// Barriers: who takes part, and who leaves.
//
// REQUIRES: package-libboost-all-dev, package-libabsl-dev
// RUN: %check_leaks %s leak-counter-mismatch

#include <absl/synchronization/blocking_counter.h>
#include <barrier>
#include <boost/thread.hpp>
#include <boost/thread/barrier.hpp>
#include <boost/thread/latch.hpp>
#include <functional>
#include <pthread.h>
#include <thread>
#include <vector>

bool ready(int);
void work(int);
struct Pool {
  void submit(std::function<void()>);
};

//===----------------------------------------------------------------------===//
// Leaving a barrier
//===----------------------------------------------------------------------===//

void bad_one_way_does_not_drop(int n) {
  std::barrier sync(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0; phase < 10; ++phase) {
        if (!ready(i))
          return;
          // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'sync' is left here without dropping out of it; whoever takes part in the next phase waits for ever [leak-counter-mismatch]
        if (!ready(phase)) {
          sync.arrive_and_drop();
          return;
        }
        sync.arrive_and_wait();
      }
    });
}

void good_all_drop(int n) {
  std::barrier sync(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0; phase < 10; ++phase) {
        if (!ready(i)) {
          sync.arrive_and_drop();
          return;
        }
        if (!ready(phase)) {
          sync.arrive_and_drop();
          return;
        }
        sync.arrive_and_wait();
      }
    });
}

// All of them leave in the same phase.
void good_all_leave(int n) {
  std::barrier sync(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0;; ++phase) {
        if (ready(phase))
          return;
        sync.arrive_and_wait();
      }
    });
}

void bad_owner_missing(int n) {
  std::barrier sync(n + 2);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'sync' expects 1 participant more than take part; whoever waits for it waits for ever [leak-counter-mismatch]
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    threads.emplace_back([&, i] {
      for (int phase = 0; phase < 3; ++phase)
        sync.arrive_and_wait();
    });
  for (int phase = 0; phase < 3; ++phase)
    sync.arrive_and_wait();
}

//===----------------------------------------------------------------------===//
// Of other libraries
//===----------------------------------------------------------------------===//

void bad_boost_barrier() {
  boost::barrier sync(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'sync' expects 1 participant more than take part; whoever waits for it waits for ever [leak-counter-mismatch]
  boost::thread thread([&] { sync.wait(); });
  sync.wait();
  thread.join();
}

void good_boost_barrier() {
  boost::barrier sync(2);
  boost::thread thread([&] { sync.wait(); });
  sync.wait();
  thread.join();
}

void bad_boost_latch(int n) {
  boost::latch done(n);
  boost::thread_group threads;
  for (int i = 0; i < n; ++i)
    threads.create_thread([&, i] {
      if (!ready(i))
        return;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
      done.count_down();
    });
  done.wait();
  threads.join_all();
}

void good_boost_latch(int n) {
  boost::latch done(n);
  boost::thread_group threads;
  for (int i = 0; i < n; ++i)
    threads.create_thread([&, i] {
      work(i);
      done.count_down();
    });
  done.wait();
  threads.join_all();
}

void bad_blocking_counter(const std::vector<int> &items, Pool &pool) {
  absl::BlockingCounter left(items.size());
  for (int item : items)
    pool.submit([&left, item] {
      if (!ready(item))
        return;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'left' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
      left.DecrementCount();
    });
  left.Wait();
}

void bad_too_few(const std::vector<int> &items, Pool &pool) {
  absl::BlockingCounter left(items.size() - 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'left' is counted down 1 time more than it was made for; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
  for (int item : items)
    pool.submit([&left, item] {
      work(item);
      left.DecrementCount();
    });
  left.Wait();
}

void good_blocking_counter(const std::vector<int> &items, Pool &pool) {
  absl::BlockingCounter left(items.size());
  for (int item : items)
    pool.submit([&left, item] {
      work(item);
      left.DecrementCount();
    });
  left.Wait();
}

void bad_pthread_barrier() {
  pthread_barrier_t sync;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'sync' expects 1 participant more than take part; whoever waits for it waits for ever [leak-counter-mismatch]
  pthread_barrier_init(&sync, nullptr, 3);
  std::jthread thread([&] { pthread_barrier_wait(&sync); });
  pthread_barrier_wait(&sync);
}

void good_pthread_barrier() {
  pthread_barrier_t sync;
  pthread_barrier_init(&sync, nullptr, 2);
  std::jthread thread([&] { pthread_barrier_wait(&sync); });
  pthread_barrier_wait(&sync);
}
