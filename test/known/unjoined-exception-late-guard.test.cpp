// Miss: the guard is made after the call that throws.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <stdexcept>
#include <thread>

void work();
bool ready();

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}

struct Guard {
  std::thread &t;
  explicit Guard(std::thread &t) : t(t) {}
  ~Guard() { if (t.joinable()) t.join(); }
};

void bad_guard_too_late() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  fails();
  Guard guard(worker);
}
