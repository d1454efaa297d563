// Once missed: throw right after the start, joined nowhere.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();
bool ready();

void bad_throw_and_no_join_at_all() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  throw 1;
}
