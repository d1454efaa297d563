// Wrong place: two holders of a wrapper make one report, and it stands inside the
// wrapper, where nothing is wrong. It should stand where the holder makes or
// starts its object.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();
bool ready();

class Wrapper {
public:
  explicit Wrapper(void (*f)()) : worker(f) {}
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

void bad_wrapper() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_wrapper_early_return() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  if (!ready())
    return;
  w.join();
}

void bad_service() {
  Service s;
  s.init();
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}
