// Miss: only the first of eight is joined.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_join_only_some() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (auto &t : pool) {
    t.join();
    break;
  }
}

void bad_vector_only_first_joined() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool[0].join();
}
