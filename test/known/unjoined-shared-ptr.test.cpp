// Miss: a shared_ptr with one owner. (A vector of them is found.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <memory>
#include <thread>

void work();
bool ready();
using namespace std;

void bad_shared_ptr() {
  auto worker = make_shared<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
