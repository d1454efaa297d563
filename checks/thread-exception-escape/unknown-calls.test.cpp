// With AssumeUnknownCallsThrow, what isn't visible may throw.
//
// RUN: %check_leaks %s leak-thread-exception-escape --silent -- -std=c++17
// RUN: %check_leaks %s leak-thread-exception-escape -config="{CheckOptions: {leak-thread-exception-escape.AssumeUnknownCallsThrow: 'true'}}" -check-suffix=ASSUMED -- -std=c++17

#include <cstdio>
#include <exception>
#include <string>
#include <thread>

void opaque();
void quiet() noexcept;
extern "C" void plainC(void);

void bad() {
  std::thread t([] { opaque(); });
  // CHECK-MESSAGES-ASSUMED: :[[@LINE-1]]:15: warning: an exception can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

void badNarrowInside() {
  std::thread t([] {
    try {
      opaque();
    } catch (...) {
      opaque();
    }
  });
  // CHECK-MESSAGES-ASSUMED: :[[@LINE-7]]:15: warning: an exception can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

void good() {
  std::thread t([] {
    quiet();
    plainC();
    std::puts("x");
    std::string s = "a";
    s += "b";
    try {
      opaque();
    } catch (const std::exception &) {
    }
  });
  t.join();
}
