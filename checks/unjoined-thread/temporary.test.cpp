// A temporary dies at once.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();
bool ready();

static std::thread make() { return std::thread(work); }

void bad_temporary() {
  std::thread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_made_and_dropped() {
  make();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
