// The mend: installed in the other way, the handler ends the call.
//
// RUN: %check_leaks --silent %s leak-ignored-stop-token -- -std=c++17

#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stop = 0;

static void onSignal(int) { stop = 1; }

void handle(int);

int serve() {
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sigaction action = {};
  action.sa_handler = onSignal;
  sigaction(SIGINT, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
  while (!stop) {
    int client = accept(server, nullptr, nullptr);
    if (client >= 0)
      handle(client);
  }
  close(server);
  return 0;
}
