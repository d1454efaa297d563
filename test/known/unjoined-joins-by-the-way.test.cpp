// Miss: the only method that joins is no stop(): it takes an argument, and joins on one
// branch.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <set>
#include <thread>

class BadAsync {
public:
  ~BadAsync() = default;
  void wake(int *writer) {
    writers.insert(writer);
    if (!worker)
      worker = new std::thread(&BadAsync::run, this);
  }
  void unregister(int *writer) {
    if (writers.erase(writer) && writers.empty() && worker) {
      worker->join();
      delete worker;
      worker = nullptr;
    }
  }

private:
  void run() {}
  std::set<int *> writers;
  std::thread *worker = nullptr;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
