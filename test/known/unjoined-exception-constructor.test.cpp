// Miss: a constructor throws after its member was started: the destructor of the
// class doesn't run, that of the member does.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <stdexcept>
#include <thread>
#include <vector>

void work();
bool ready();

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}

class BadConstructorThrows {
public:
  BadConstructorThrows() : worker(work) { fails(); }
  ~BadConstructorThrows() { worker.join(); }
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

class BadConstructorLoop {
public:
  explicit BadConstructorLoop(int n) {
    for (int i = 0; i < n; ++i) {
      pool.emplace_back(work);
      fails();
    }
  }
  ~BadConstructorLoop() { for (auto &t : pool) t.join(); }
private:
  std::vector<std::thread> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
