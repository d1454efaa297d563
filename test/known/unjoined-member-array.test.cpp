// Miss: a member array filled in a range-for.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();
bool ready();

class BadArrayMember {
public:
  BadArrayMember() { for (auto &t : pool) t = std::thread(work); }
private:
  std::thread pool[4];
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
