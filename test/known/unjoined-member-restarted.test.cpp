// Miss: a method starts the member's thread again without a join of the last one.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();

class BadModel {
public:
  ~BadModel() {
    if (updates.joinable())
      updates.join();
  }
  void check_for_updates() { updates = std::thread(work); }

private:
  std::thread updates;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

void check_twice() {
  BadModel model;
  model.check_for_updates();
  model.check_for_updates();
}
