// Miss: a constructor starts threads in a loop; when one can't be started, those before
// it are destroyed while they run. Found with AssumeStartsThrow only.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

class BadPool {
public:
  explicit BadPool(int n) {
    pool.reserve(n);
    for (int i = 0; i < n; ++i)
      pool.emplace_back([this] { run(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  }
  ~BadPool() {
    for (auto &t : pool)
      t.join();
  }

private:
  void run() {}
  std::vector<std::thread> pool;
};
