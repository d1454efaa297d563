// Miss: a thread made by `new` in a generic lambda. (A local one is found.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();

void bad_generic_lambda() {
  auto run = [](auto function) {
    auto *worker = new std::thread(function);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
    (void)worker;
  };
  run(work);
}
