// Miss: containers of pointers, optionals and containers.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_of_raw(int n) {
  vector<thread *> pool;
  for (int i = 0; i < n; ++i)
    pool.push_back(new thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_vector_of_raw_deleted(int n) {
  vector<thread *> pool;
  for (int i = 0; i < n; ++i)
    pool.push_back(new thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (thread *t : pool)
    delete t;
}

void bad_map_of_unique_ptr() {
  map<int, unique_ptr<thread>> pool;
  pool[1] = make_unique<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_vector_of_optional() {
  vector<optional<thread>> pool(1);
  pool[0].emplace(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_vector_of_vectors() {
  vector<vector<thread>> pool(2);
  pool[0].emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
