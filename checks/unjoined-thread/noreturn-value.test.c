// Once a false alarm: the id is dead before exit() is called, but the process ends there.
// BugType wants SuppressOnSink.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <pthread.h>
#include <stdlib.h>

void *work(void *);
_Bool ready(void);

void good_exits(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    exit(1);
  if (!ready())
    exit(1);
  pthread_join(worker, NULL);
}
