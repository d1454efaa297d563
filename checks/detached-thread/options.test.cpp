// What is reported only when somebody asks for it.
//
// RUN: %check_leaks %s leak-detached-thread --silent -- -std=c++17
// RUN: %check_leaks %s leak-detached-thread -config="{CheckOptions: {leak-detached-thread.WarnOnAll: 'true'}}" -check-suffix=ALL -- -std=c++17
// RUN: %check_leaks %s leak-detached-thread -config="{CheckOptions: {leak-detached-thread.WarnOnEndless: 'true'}}" -check-suffix=ENDLESS -- -std=c++17
// RUN: %check_leaks %s leak-detached-thread -config="{CheckOptions: {leak-detached-thread.WarnInLoops: 'true'}}" -check-suffix=LOOPS -- -std=c++17

#include <thread>

int accept();
void serve(int);
void sweep();

void plain(int n) {
  std::thread([n] { serve(n); }).detach();
  // CHECK-MESSAGES-ALL: :[[@LINE-1]]:3: warning: this thread is detached; nobody can wait for it or learn of its end [leak-detached-thread]
}

void endless() {
  std::thread([] {
    // CHECK-MESSAGES-ALL: :[[@LINE-1]]:3: warning: this thread is detached; nobody can wait for it or learn of its end [leak-detached-thread]
    // CHECK-MESSAGES-ENDLESS: :[[@LINE-2]]:3: warning: this detached thread loops without an end; nobody can stop it or wait for it [leak-detached-thread]
    for (;;)
      sweep();
  }).detach();
}

void requests() {
  for (;;) {
    int client = accept();
    std::thread(serve, client).detach();
    // CHECK-MESSAGES-ALL: :[[@LINE-1]]:5: warning: this thread is detached; nobody can wait for it or learn of its end [leak-detached-thread]
    // CHECK-MESSAGES-LOOPS: :[[@LINE-2]]:5: warning: each turn of this loop starts a detached thread; nothing bounds their number [leak-detached-thread]
  }
}

void some() {
  for (int i = 0; i != 3; ++i)
    std::thread(serve, i).detach();
  // CHECK-MESSAGES-ALL: :[[@LINE-1]]:5: warning: this thread is detached; nobody can wait for it or learn of its end [leak-detached-thread]
}

void joined() {
  std::thread t(sweep);
  t.join();
}
