// Miss: a live element is removed by erase.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_erased() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool.erase(pool.begin());
}
