// Structs of C.
//
// RUN: %check_leaks %s leak-endless-loop

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

void work(void);

struct ticker {
  pthread_t thread;
  bool stop;
};

static void *bad_run(void *arg) {
  while (1) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing leaves this loop; 'thread', which runs it, is joined by 'ticker_free', which never returns [leak-endless-loop]
    work();
    sleep(1);
  }
  return 0;
}

void ticker_start(struct ticker *t) { pthread_create(&t->thread, 0, bad_run, t); }

void ticker_free(struct ticker *t) {
  pthread_join(t->thread, 0);
  free(t);
}

struct clock {
  pthread_t thread;
  bool stop;
};

static void *good_run(void *arg) {
  struct clock *c = arg;
  while (1) {
    if (c->stop)
      break;
    work();
  }
  return 0;
}

void clock_start(struct clock *c) { pthread_create(&c->thread, 0, good_run, c); }

void clock_free(struct clock *c) {
  c->stop = true;
  pthread_join(c->thread, 0);
  free(c);
}
