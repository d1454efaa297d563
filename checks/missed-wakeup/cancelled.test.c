// Who is ended by force needn't be woken for the flag.
//
// RUN: %check_leaks %s leak-missed-wakeup --silent -- -std=c11

#include <pthread.h>

void work(void);

static volatile int do_exit;
static pthread_cond_t ready;
static pthread_mutex_t ready_m;
static pthread_t worker;

static void *run(void *arg) {
  while (!do_exit) {
    pthread_mutex_lock(&ready_m);
    pthread_cond_wait(&ready, &ready_m);
    pthread_mutex_unlock(&ready_m);
    work();
  }
  return arg;
}

void handler(int number) {
  (void)number;
  do_exit = 1;
}

void arrived(void) {
  if (do_exit)
    return;
  pthread_mutex_lock(&ready_m);
  pthread_cond_signal(&ready);
  pthread_mutex_unlock(&ready_m);
}

void start(void) { pthread_create(&worker, 0, run, 0); }

void stop(void) {
  pthread_cancel(worker);
  pthread_join(worker, 0);
}
