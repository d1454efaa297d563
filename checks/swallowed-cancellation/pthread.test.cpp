// pthread_cancel() unwinds the thread; who catches that has to rethrow.
//
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <cxxabi.h>
#include <exception>
#include <iostream>
#include <pthread.h>
#include <unistd.h>

void work();

static pthread_t bad, good, own, base, kept;

static void *badMain(void *) {
  try {
    for (;;) {
      work();
      sleep(1);
    }
  } catch (...) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this handler swallows '__cxxabiv1::__forced_unwind', which unwinds a cancelled thread, and doesn't rethrow it; the process is aborted
    std::cerr << "failed\n";
  }
  return nullptr;
}
void startBad() { pthread_create(&bad, nullptr, badMain, nullptr); }
void stopBad() {
  pthread_cancel(bad);
  pthread_join(bad, nullptr);
}

static void *goodMain(void *) {
  try {
    for (;;)
      sleep(1);
  } catch (...) {
    std::cerr << "ended\n";
    throw;
  }
}
void startGood() { pthread_create(&good, nullptr, goodMain, nullptr); }
void stopGood() {
  pthread_cancel(good);
  pthread_join(good, nullptr);
}

// The recommended mend.
static void *ownMain(void *) {
  for (;;) {
    try {
      sleep(1);
    } catch (const abi::__forced_unwind &) {
      throw;
    } catch (...) {
      std::cerr << "failed\n";
    }
  }
}
void startOwn() { pthread_create(&own, nullptr, ownMain, nullptr); }
void stopOwn() {
  pthread_cancel(own);
  pthread_join(own, nullptr);
}

static void *baseMain(void *) {
  for (;;) {
    try {
      sleep(1);
    } catch (const std::exception &) {
    }
  }
}
void startBase() { pthread_create(&base, nullptr, baseMain, nullptr); }
void stopBase() {
  pthread_cancel(base);
  pthread_join(base, nullptr);
}

// Nobody cancels it here.
static void *keptMain(void *) {
  for (;;) {
    try {
      sleep(1);
    } catch (...) {
    }
  }
}
void startKept() { pthread_create(&kept, nullptr, keptMain, nullptr); }
