// Structs of C with a mutex, a condition and flags.
//
// RUN: %check_leaks %s leak-missed-wakeup

#include <pthread.h>
#include <stdbool.h>

struct worker {
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

int start(struct worker *w, pthread_t *thread) {
  w->stop = false;
  return pthread_create(thread, 0, run, w);
}

void bad_stop(struct worker *w, pthread_t thread) {
  pthread_mutex_lock(&w->lock);
  w->jobs = 0;
  pthread_mutex_unlock(&w->lock);
  w->stop = true;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'stop' changes without 'lock' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
  pthread_cond_broadcast(&w->cond);
  pthread_join(thread, 0);
}

void good_stop(struct worker *w, pthread_t thread) {
  pthread_mutex_lock(&w->lock);
  w->stop = true;
  pthread_cond_broadcast(&w->cond);
  pthread_mutex_unlock(&w->lock);
  pthread_join(thread, 0);
}

// Whether the caller holds it, isn't known.
void silent_stop(struct worker *w) {
  w->stop = true;
  pthread_cond_broadcast(&w->cond);
}

// The caller had taken it, as the end shows.
void silent_finish(struct worker *w, pthread_t thread) {
  w->stop = true;
  pthread_cond_broadcast(&w->cond);
  pthread_mutex_unlock(&w->lock);
  pthread_join(thread, 0);
  pthread_mutex_lock(&w->lock);
}

static void lock_assert(pthread_mutex_t *m) { (void)m; }

void silent_asserted(struct worker *w, pthread_t thread) {
  pthread_mutex_lock(&w->lock);
  pthread_mutex_unlock(&w->lock);
  pthread_mutex_lock(&w->lock);
  lock_assert(&w->lock);
  w->stop = true;
  pthread_cond_broadcast(&w->cond);
  pthread_mutex_unlock(&w->lock);
  pthread_join(thread, 0);
}

int bad_wait_once(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  if (!w->jobs)
    pthread_cond_wait(&w->cond, &w->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this wait on 'cond' may end without a notification; what it waits for is tested before it, and not again [leak-missed-wakeup]
  w->jobs--;
  pthread_mutex_unlock(&w->lock);
  return 0;
}

void post(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  w->jobs++;
  pthread_cond_signal(&w->cond);
  pthread_mutex_unlock(&w->lock);
}

void bad_post(struct worker *w) {
  pthread_mutex_lock(&w->lock);
  w->jobs++;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' changes without a notification of 'cond'; who waits for it is not woken [leak-missed-wakeup]
  pthread_mutex_unlock(&w->lock);
}
