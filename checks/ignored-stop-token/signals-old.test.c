// With the strict language, the header gives the old function: what the
// handler interrupts ends.
//
// RUN: %check_leaks --silent %s leak-ignored-stop-token -- -std=c11 -D_POSIX_C_SOURCE=200809L

#include <signal.h>
#include <sys/socket.h>

static volatile sig_atomic_t stop;
static int server;
static void onSignal(int number) { stop = 1; }

void handle(int);

void serve(void) {
  signal(SIGTERM, onSignal);
  while (!stop)
    handle(accept(server, 0, 0));
}
