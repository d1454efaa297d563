#include "history.h"
#include "logger.h"
#include "metrics.h"
#include "server.h"
#include "watchdog.h"

#include <iostream>
#include <string>
#include <thread>

// Reads commands until the end of the input.
static bool console(Logger &log) {
  std::string line;
  while (std::getline(std::cin, line)) {
    feedWatchdog();
    if (line == "quit")
      return true;
    log.line("unknown command: " + line);
  }
  return false;
}

// The number of old messages, counted while the terminal is greeted.
static long greet(const std::string &log) {
  long lines = 0;
  std::thread counter([&] { lines = countLines(log); });
  std::cout << "chat-server, ^D to leave\n";
  counter.join();
  return lines;
}

int main() {
  Logger log("chat.log");
  std::cout << greet("chat.log") << " messages so far\n";

  if (!selfTest() || !startWatchdog(60))
    return 1;

  Metrics metrics(log);
  metrics.start();

  std::vector<std::string> lines;
  if (!loadHistory({"monday.log", "tuesday.log"}, lines))
    log.line("there is no history");

  Server server(log, metrics);
  if (!server.listenOn(7000))
    return 1;

  std::thread acceptor([&server] { server.acceptClients(); });
  if (!console(log)) {
    log.line("the console is gone");
    return 1;
  }

  server.close();
  acceptor.join();
  metrics.stop();
  return 0;
}
