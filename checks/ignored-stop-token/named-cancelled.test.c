// A thread that is cancelled leaves the sleep.
//
// RUN: %check_leaks --silent %s leak-ignored-stop-token -- -std=gnu11

#include <pthread.h>
#include <unistd.h>

static volatile int stop;
static pthread_t thread;
int tryConnect(void);
void work(void);

static void *run(void *arg) {
  while (!stop) {
    while (!tryConnect())
      usleep(1000);
    work();
  }
  return arg;
}

void begin(void) { pthread_create(&thread, 0, run, 0); }
void end(void) {
  stop = 1;
  pthread_cancel(thread);
  pthread_join(thread, 0);
}
