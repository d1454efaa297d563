// Miss: a call throws while a smart pointer or a container holds a live thread.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

void work();
bool ready();

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}

void bad_unique_ptr() {
  auto worker = std::make_unique<std::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  fails();
  worker->join();
}

void bad_vector() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  fails();
  for (auto &t : pool)
    t.join();
}
