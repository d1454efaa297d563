// Miss: a handle that is never started is joined. (Where one path starts it, it is
// found.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void bad_never_started() {
  std::thread worker;
  worker.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
