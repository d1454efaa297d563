// Events that are counted down, by threads of a library that start with a C
// callback. From a fake header.
//
// RUN: %check_leaks %s leak-counter-mismatch -- -isystem %repository/test/libraries/Inputs/brpc

#include <bthread/bthread.h>
#include <bthread/countdown_event.h>

#include <functional>
#include <latch>
#include <memory>

bool ready(int);
void work(int);
struct Pool {
  void submit(std::function<void()>);
};

static void *counts(void *argument) {
  static_cast<bthread::CountdownEvent *>(argument)->signal();
  return nullptr;
}

void bad_below_zero() {
  bthread::CountdownEvent done(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'done' is counted down 1 time more than it was made for; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
  bthread_t first, second;
  bthread_start_background(&first, nullptr, counts, &done);
  bthread_start_background(&second, nullptr, counts, &done);
  done.wait();
}

void good_both() {
  bthread::CountdownEvent done(2);
  bthread_t first, second;
  bthread_start_background(&first, nullptr, counts, &done);
  bthread_start_background(&second, nullptr, counts, &done);
  done.wait();
}

static void *twice(void *argument) {
  auto *done = static_cast<bthread::CountdownEvent *>(argument);
  if (!ready(1))
    done->signal();
  work(1);
  done->signal();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'done' is counted down twice on this path, but each of those who count has only one; the wait ends too early, and it is counted below zero [leak-counter-mismatch]
  return nullptr;
}

void bad_twice_on_a_path() {
  bthread::CountdownEvent done(1);
  bthread_t thread;
  bthread_start_background(&thread, nullptr, twice, &done);
  done.wait();
}

static void *once(void *argument) {
  auto *done = static_cast<bthread::CountdownEvent *>(argument);
  if (!ready(1)) {
    done->signal();
    return nullptr;
  }
  work(1);
  done->signal();
  return nullptr;
}

void good_once_on_each_path() {
  bthread::CountdownEvent done(1);
  bthread_t thread;
  bthread_start_background(&thread, nullptr, once, &done);
  done.wait();
}

// By a pointer that the lambda makes for itself.
void bad_captured_pointer(Pool &pool) {
  bthread::CountdownEvent done(1);
  pool.submit([event = &done] {
    if (!ready(1))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'event' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    event->signal();
  });
  done.wait();
}

void good_captured_pointer(Pool &pool) {
  bthread::CountdownEvent done(1);
  pool.submit([event = &done] {
    if (!ready(1)) {
      event->signal();
      return;
    }
    event->signal();
  });
  done.wait();
}

void bad_moved_owner(Pool &pool) {
  auto latch = std::make_shared<std::latch>(1);
  pool.submit([moved = latch] {
    if (!ready(1))
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'moved' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    moved->count_down();
  });
  latch->wait();
}

void good_moved_owner(Pool &pool) {
  auto latch = std::make_shared<std::latch>(1);
  pool.submit([moved = latch] { moved->count_down(); });
  latch->wait();
}
