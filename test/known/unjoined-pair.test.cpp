// Miss: a handle in a pair or a tuple.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <tuple>
#include <utility>

void work();
bool ready();

void bad_pair() {
  std::pair<std::thread, int> both(std::thread(work), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_tuple() {
  std::tuple<std::thread, int> both(std::thread(work), 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
