// Counters that get to who counts them as a `void *`.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <latch>
#include <pthread.h>

bool ready(int);
void work(int);
void keep(void *);

static void *bad_worker(void *argument) {
  auto *latch = static_cast<std::latch *>(argument);
  if (!ready(1))
    return nullptr;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'latch' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
  work(1);
  latch->count_down();
  return nullptr;
}

void bad_path() {
  std::latch latch(1);
  pthread_t thread;
  pthread_create(&thread, nullptr, bad_worker, &latch);
  latch.wait();
  pthread_join(thread, nullptr);
}

static void *good_worker(void *argument) {
  std::latch &latch = *(std::latch *)argument;
  if (!ready(1)) {
    latch.count_down();
    return nullptr;
  }
  work(1);
  latch.count_down();
  return nullptr;
}

void good_path() {
  std::latch latch(1);
  pthread_t thread;
  pthread_create(&thread, nullptr, good_worker, &latch);
  latch.wait();
  pthread_join(thread, nullptr);
}

static void *counts(void *argument) {
  static_cast<std::latch *>(argument)->count_down();
  return nullptr;
}

void bad_number() {
  std::latch latch(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'latch' is made for 1 count more than is counted down; whoever waits for it waits for ever [leak-counter-mismatch]
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i)
    pthread_create(&threads[i], nullptr, counts, &latch);
  latch.wait();
  for (int i = 0; i < 2; ++i)
    pthread_join(threads[i], nullptr);
}

void good_number() {
  std::latch latch(2);
  pthread_t threads[2];
  for (int i = 0; i < 2; ++i)
    pthread_create(&threads[i], nullptr, counts, &latch);
  latch.wait();
  for (int i = 0; i < 2; ++i)
    pthread_join(threads[i], nullptr);
}

static void *keeps(void *argument) {
  auto *latch = static_cast<std::latch *>(argument);
  if (!ready(1)) {
    keep(latch);
    return nullptr;
  }
  latch->count_down();
  return nullptr;
}

void good_handed_on() {
  std::latch latch(1);
  pthread_t thread;
  pthread_create(&thread, nullptr, keeps, &latch);
  latch.wait();
  pthread_join(thread, nullptr);
}

// The other name may be another counter.
static void *other(void *argument) {
  auto *latch = static_cast<std::latch *>(argument);
  std::latch *next = latch + 1;
  next->count_down();
  return nullptr;
}

void good_unknown() {
  std::latch latches[] = {std::latch(1), std::latch(1)};
  pthread_t thread;
  pthread_create(&thread, nullptr, other, latches);
  latches[1].wait();
  pthread_join(thread, nullptr);
}
