// Miss: a thread is cancelled, and its id overwritten by the next one; a cancelled
// thread still has to be joined.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <pthread.h>

static pthread_t runner;
static void *work(void *) { return nullptr; }

void start() { pthread_create(&runner, nullptr, work, nullptr); }

void restart(bool stalled) {
  if (stalled) {
    pthread_cancel(runner);
    if (pthread_create(&runner, nullptr, work, nullptr) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
      return;
  }
}

void stop() { pthread_join(runner, nullptr); }
