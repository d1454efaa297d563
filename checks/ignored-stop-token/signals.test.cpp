// Flags that a signal handler sets, while the loop is blocked.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stop = 0;

static void onSignal(int) { stop = 1; }

void handle(int);

int serve() {
  int server = socket(AF_INET, SOCK_STREAM, 0);
  signal(SIGINT, onSignal);
  while (!stop) {
    int client = accept(server, nullptr, nullptr);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: this call goes on waiting when the signal handler has set 'stop', and nobody looks at it until something else ends the call
    if (client >= 0)
      handle(client);
  }
  close(server);
  return 0;
}

static std::atomic<bool> running{true};
static void onInterrupt(int) { running = false; }

void send(const std::string &);

void chat() {
  std::signal(SIGINT, onInterrupt);
  std::string line;
  while (running && std::getline(std::cin, line))
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: this call goes on waiting when the signal handler has set 'running'
    send(line);
}
