// RUN: %check_leaks %s leak-ignored-stop-token -- -std=gnu11

#include <signal.h>
#include <sys/socket.h>

static volatile sig_atomic_t stop;
static int server;
static void onSignal(int number) { stop = 1; }
void handle(int);
static void next(void) {
  handle(accept(server, 0, 0));
  // CHECK-NOTES: :[[@LINE-1]]:10: warning: this call goes on waiting when the signal handler has set 'stop', and nobody looks at it until something else ends the call [leak-ignored-stop-token]
  // CHECK-NOTES: :[[@LINE+7]]:3: note: this loop ends when 'stop' is set
  // CHECK-NOTES: :[[@LINE+7]]:5: note: it gets there from here
  // CHECK-NOTES: :[[@LINE-7]]:36: note: set by the handler
  // CHECK-NOTES: :[[@LINE+3]]:3: note: the handler is installed so that calls which it interrupts go on
}
void serve(void) {
  signal(SIGTERM, onSignal);
  while (!stop)
    next();
}
