// Miss: the lambda given to for_each only looks.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <algorithm>
#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_for_each_detaches_nothing() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  std::for_each(pool.begin(), pool.end(), [](thread &t) { (void)t.get_id(); });
}
