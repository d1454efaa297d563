// Miss: the handle is a part of the element.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
using namespace std;

struct Slot {
  int id = 0;
  thread t;
};

void bad_vector_of_pairs() {
  vector<pair<int, thread>> pool;
  pool.emplace_back(1, thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_vector_of_structs(int n) {
  vector<Slot> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i].t = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
