// Miss: the handle is a part of a pair in a container.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_of_pairs() {
  vector<pair<int, thread>> pool;
  pool.emplace_back(1, thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
