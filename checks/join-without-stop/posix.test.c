// Structs of C.
//
// RUN: %check_leaks %s leak-join-without-stop

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct worker {
  pthread_t thread;
  pthread_mutex_t lock;
  pthread_cond_t cond;
  bool stop;
  int jobs;
};

static void *run(void *arg) {
  struct worker *w = arg;
  pthread_mutex_lock(&w->lock);
  while (!w->stop) {
    while (!w->jobs && !w->stop)
      pthread_cond_wait(&w->cond, &w->lock);
    w->jobs = 0;
  }
  pthread_mutex_unlock(&w->lock);
  return 0;
}

struct worker *start(void) {
  struct worker *w = calloc(1, sizeof *w);
  if (w && pthread_create(&w->thread, 0, run, w)) {
    free(w);
    return 0;
  }
  return w;
}

void bad_stop(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  w->stop = true;
  pthread_mutex_unlock(&w->lock);
  pthread_join(w->thread, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'cond' for ever, and so does this join [leak-join-without-stop]
  free(w);
}

void good_stop(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  w->stop = true;
  pthread_cond_signal(&w->cond);
  pthread_mutex_unlock(&w->lock);
  pthread_join(w->thread, 0);
  free(w);
}

void bad_holding(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  w->stop = true;
  pthread_cond_signal(&w->cond);
  pthread_join(w->thread, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'thread' is joined while 'lock' is held, which 'run' acquires; they wait for each other for ever [leak-join-without-stop]
  pthread_mutex_unlock(&w->lock);
  free(w);
}

// It is ended by force.
static void *forever(void *arg) {
  struct worker *w = arg;
  for (;;) {
    pthread_mutex_lock(&w->lock);
    while (!w->jobs)
      pthread_cond_wait(&w->cond, &w->lock);
    w->jobs = 0;
    pthread_mutex_unlock(&w->lock);
  }
  return 0;
}

static pthread_t background;

void good_cancelled(struct worker *w) {
  if (pthread_create(&background, 0, forever, w))
    return;
  pthread_cancel(background);
  pthread_join(background, 0);
}
