// Miss: one of a std::array filled by braces is joined.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <array>
#include <thread>

void work();
bool ready();
using namespace std;

void bad_array_half_joined() {
  std::array<thread, 2> pool = {thread(work), thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool[0].join();
}
