// Miss: the handle is a part of the element of a member container.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();

class BadVectorOfStructs {
  struct Slot { int id; std::thread t; };
public:
  void add() { pool.push_back(Slot{1, std::thread(work)}); }
private:
  std::vector<Slot> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
