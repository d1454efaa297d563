// The same in C.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=gnu11

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

bool try_connect(void);
void work(void);

static volatile bool stop;
static pthread_t retrying, sleeping, asking;

static void *retry(void *arg) {
  while (!stop) {
    while (!try_connect())
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop tries again and again without a look at 'stop', which ends the loop around it; as long as it fails, the join never returns
      usleep(100000);
    work();
  }
  return arg;
}

static void *rest(void *arg) {
  while (!stop) {
    work();
    sleep(600);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this sleeps for 600 seconds between two looks at 'stop'; the join takes as long
  }
  return arg;
}

static void *ask(void *arg) {
again:
  while (!stop) {
    while (!stop && !try_connect())
      usleep(100000);
    if (!try_connect())
      goto again;
    work();
  }
  return arg;
}

void start(void) {
  pthread_create(&retrying, NULL, retry, NULL);
  pthread_create(&sleeping, NULL, rest, NULL);
  pthread_create(&asking, NULL, ask, NULL);
}

void end(void) {
  stop = true;
  pthread_join(retrying, NULL);
  pthread_join(sleeping, NULL);
  pthread_join(asking, NULL);
}
