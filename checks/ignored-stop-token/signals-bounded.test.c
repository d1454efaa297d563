// It asks first whether there is anything; the signal ends that call.
//
// RUN: %check_leaks --silent %s leak-ignored-stop-token -- -std=gnu11

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

static volatile sig_atomic_t stop;
static int server;

static void onSignal(int number) { stop = 1; }

void handle(int);

void serve(void) {
  signal(SIGTERM, onSignal);
  while (!stop) {
    struct pollfd one = {server, POLLIN, 0};
    if (poll(&one, 1, -1) > 0)
      handle(accept(server, 0, 0));
  }
}
