// Miss: a live element is removed by pop_back, erase or resize.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <map>
#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_popped() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool.pop_back();
}

void bad_vector_erased() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool.erase(pool.begin());
}

void bad_vector_resized() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool.resize(0);
}

void bad_map_erased() {
  map<int, thread> pool;
  pool[1] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  pool.erase(1);
}
