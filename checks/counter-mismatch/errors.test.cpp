// What doesn't compile is lost, and with it who counts.
//
// RUN: %not %clang_tidy -checks=-*,leak-counter-mismatch %s -- -std=c++20 2>&1 | %FileCheck %s
// RUN: %not %clang_tidy -checks=-*,leak-counter-mismatch %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=SILENT %s
// SILENT-NOT: 'lost'
// SILENT-NOT: 'captured'

#include <latch>

struct Pool;
void call(Pool &pool) {
  std::latch lost(1);
  pool.submit([&lost] { lost.count_down(); });
  lost.wait();
}

void unknown() {
  std::latch captured(1);
  Unknown proxy;
  proxy.call([&] { captured.count_down(); });
  captured.wait();
}

void bad() {
  std::latch never(1);
  // CHECK: :[[@LINE-1]]:14: warning: 'never' is waited for, but nobody counts it down
  never.wait();
}
