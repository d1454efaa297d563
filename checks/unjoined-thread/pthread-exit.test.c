// Once a false alarm: the main thread leaves through pthread_exit so that the others go on.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <pthread.h>

void *work(void *);
_Bool ready(void);

void good_pthread_exit(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  pthread_exit(NULL);
}
