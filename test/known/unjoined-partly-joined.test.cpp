// Miss: the loop that joins begins behind the first one.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_begin_plus_one() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (auto it = pool.begin() + 1; it != pool.end(); ++it)
    it->join();
}
