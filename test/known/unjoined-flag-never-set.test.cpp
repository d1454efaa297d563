// Miss: the flag that guards the join is never set.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <pthread.h>

class BadFlagNeverSet {
public:
  BadFlagNeverSet() : started(false) {}
  virtual ~BadFlagNeverSet() { wait(); }
  bool start() { return pthread_create(&handle, nullptr, &BadFlagNeverSet::run, this) == 0; }
  bool wait() {
    if (!started)
      return true;
    int result = pthread_join(handle, nullptr);
    started = false;
    return result == 0;
  }

protected:
  virtual void execute() {}

private:
  static void *run(void *self) {
    static_cast<BadFlagNeverSet *>(self)->execute();
    return nullptr;
  }
  bool started;
  pthread_t handle;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
