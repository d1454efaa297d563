// Miss: a parameter by value is a local like any other.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();
bool ready();

void bad_parameter_by_value_overwritten(std::thread worker) {
  worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
