// Miss: a member overwritten while it is live, within one method.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();
bool ready();

class BadRestart {
public:
  void start() {
    worker = std::thread(work);
    worker = std::thread(work);
  }
  ~BadRestart() { if (worker.joinable()) worker.join(); }
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
