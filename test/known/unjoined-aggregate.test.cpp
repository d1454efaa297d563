// Miss: a struct made by aggregate initialization.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();
bool ready();

struct GoodPlainStruct {
  std::thread worker;
};

void bad_plain_struct() {
  GoodPlainStruct s{std::thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
