// Once missed: an array filled in a range-for, left before the loop that joins.
// (The same with a vector is found.)
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();
bool ready();
using namespace std;

void bad_c_array_early_return() {
  thread pool[4];
  for (auto &t : pool)
    t = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  if (!ready())
    return;
  for (auto &t : pool)
    t.join();
}
