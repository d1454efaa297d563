// Miss: the member takes over a thread from a parameter.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <utility>

void work();
bool ready();

class BadMoveAssigned {
public:
  explicit BadMoveAssigned(std::thread t) : worker(std::move(t)) {}
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
