// The same in C.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <pthread.h>

void work(void);

struct worker {
  pthread_t thread;
  volatile int running;
};

static void *run(void *arg) {
  struct worker *w = arg;
  w->running = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'running' is set by the thread itself, which takes back a stop that came before: the thread runs on, and the join in 'worker_stop' never returns [leak-unrequested-stop]
  while (w->running)
    work();
  return 0;
}

int worker_start(struct worker *w) {
  w->running = 0;
  return pthread_create(&w->thread, 0, run, w);
}

void worker_stop(struct worker *w) {
  w->running = 0;
  pthread_join(w->thread, 0);
}

struct good {
  pthread_t thread;
  volatile int running;
};

static void *runGood(void *arg) {
  struct good *w = arg;
  while (w->running)
    work();
  return 0;
}

int good_start(struct good *w) {
  w->running = 1;
  return pthread_create(&w->thread, 0, runGood, w);
}

void good_stop(struct good *w) {
  w->running = 0;
  pthread_join(w->thread, 0);
}

static pthread_t poller;
static volatile int polling;

static void *poll_all(void *arg) {
  while (polling)
    work();
  return arg;
}

int poll_start(void) {
  if (pthread_create(&poller, 0, poll_all, 0) != 0)
    return -1;
  polling = 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'polling' is set only after the start of 'poll_all', which ends at once when it looks at it before [leak-unrequested-stop]
  return 0;
}

void poll_stop(void) {
  polling = 0;
  pthread_join(poller, 0);
}
