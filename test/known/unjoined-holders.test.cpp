// Miss: a class that holds a wrapper has the wrapper's duty.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>
#include <vector>

void work();
bool ready();

class Wrapper {
public:
  Wrapper() = default;
  explicit Wrapper(void (*f)()) : worker(f) {}
  Wrapper(Wrapper &&) = default;
  Wrapper &operator=(Wrapper &&) = default;
  void join() { worker.join(); }
private:
  std::thread worker;
};

class Service {
public:
  void init() { worker = std::thread(work); }
  void destroy() { worker.join(); }
private:
  std::thread worker;
};

class BadHoldsWrapper {
public:
  BadHoldsWrapper() : w(work) {}
private:
  Wrapper w;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

class BadVectorOfWrappers {
public:
  BadVectorOfWrappers() { pool.emplace_back(work); }
private:
  std::vector<Wrapper> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

class BadOwnerForgetsDestroy {
public:
  BadOwnerForgetsDestroy() { service.init(); }
  ~BadOwnerForgetsDestroy() {}
private:
  Service service;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
