// What doesn't compile is lost, and with it who counts: how often isn't known.
// What a path forgets is said all the same.
//
// RUN: %not %clang_tidy -checks=-*,leak-counter-mismatch %s -- -std=c++20 2>&1 | %FileCheck %s
// RUN: %not %clang_tidy -checks=-*,leak-counter-mismatch %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=SILENT %s
// SILENT-NOT: is waited for, but nobody
// SILENT-NOT: made for

#include <thread>
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

bool ready();

void bad() {
  std::latch done(1);
  std::thread thread([&done] {
    if (!ready())
      return;
    // CHECK: :[[@LINE-1]]:7: warning: 'done' is not counted down on this path
    done.count_down();
  });
  done.wait();
  thread.join();
}
