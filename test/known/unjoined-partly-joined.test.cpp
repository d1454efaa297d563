// Miss: the loop that joins leaves one out.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void bad_vector_all_but_one(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (int i = 0; i < n - 1; ++i)
    pool[i].join();
}

void bad_vector_all_but_first() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (int i = 1; i < 8; ++i)
    pool[i].join();
}

void bad_vector_size_minus_one() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (size_t i = 0; i < pool.size() - 1; ++i)
    pool[i].join();
}

void bad_vector_begin_plus_one() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (auto it = pool.begin() + 1; it != pool.end(); ++it)
    it->join();
}

void bad_c_array_all_but_one() {
  thread pool[4];
  for (int i = 0; i < 4; ++i)
    pool[i] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  for (int i = 0; i < 3; ++i)
    pool[i].join();
}
