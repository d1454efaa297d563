// An old header of C, which doesn't say what its functions take.
//
// RUN: %check_leaks %s leak-unrequested-stop --silent -- -std=c99 -Wno-deprecated-non-prototype

#include <pthread.h>
#include <stdlib.h>

void xfree();

struct worker {
  pthread_t thread;
  int stop;
};

static void *run(void *arg) {
  struct worker *w = arg;
  while (!w->stop)
    ;
  return 0;
}

struct worker *start(void) {
  struct worker *w = calloc(1, sizeof(*w));
  pthread_create(&w->thread, 0, run, w);
  return w;
}

void end(struct worker *w) {
  w->stop = 1;
  pthread_join(w->thread, 0);
  xfree(w);
}
