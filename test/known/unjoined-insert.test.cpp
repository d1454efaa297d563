// Miss: insert puts a thread into the container as push_back does.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_insert() {
  vector<thread> pool;
  pool.insert(pool.end(), thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
