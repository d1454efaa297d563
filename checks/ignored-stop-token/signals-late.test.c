// RUN: %check_leaks %s leak-ignored-stop-token -- -std=gnu11

#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static int bad, good;

static void onSignal(int number) {
  printf("bye\n");
  stop = 1;
}

// This one ends the process at the second loop.
static volatile sig_atomic_t quit;
static void ends(int number) {
  quit = 1;
  shutdown(good, SHUT_RDWR);
}

void handle(int);

static void next(int server) {
  handle(accept(server, 0, 0));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this call goes on waiting when the signal handler has set 'stop'
}

void serve(void) {
  signal(SIGTERM, onSignal);
  signal(SIGINT, ends);
  while (!stop)
    next(bad);
  while (!quit)
    handle(accept(good, 0, 0));
}
