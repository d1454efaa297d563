// Once a false alarm: the started function detaches itself, and is visible.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <pthread.h>

void *work(void *);
_Bool ready(void);

static void *detaches_itself(void *arg) {
  pthread_detach(pthread_self());
  return arg;
}

void good_body_detaches_itself(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, detaches_itself, NULL);
}
