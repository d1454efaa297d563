// A wait for something else before the loop that looks at the flag, in C.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=gnu11

#include <pthread.h>
#include <unistd.h>

void work(void);

static volatile int connected, leaving;
static pthread_t thread;

static void *run(void *unused) {
  while (!connected)
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this loop waits for 'connected' without a look at 'leaving'
    usleep(1000);
  while (!leaving)
    work();
  return unused;
}

void on_connect(void) { connected = 1; }
void open_it(void) { pthread_create(&thread, 0, run, 0); }
void close_it(void) {
  leaving = 1;
  pthread_join(thread, 0);
}

static volatile int present, ending;
static pthread_t other;

static void *good(void *unused) {
  while (!present) {
    if (ending)
      return unused;
    usleep(1000);
  }
  while (!ending)
    work();
  return unused;
}

void on_present(void) { present = 1; }
void open_other(void) { pthread_create(&other, 0, good, 0); }
void close_other(void) {
  ending = 1;
  pthread_join(other, 0);
}
