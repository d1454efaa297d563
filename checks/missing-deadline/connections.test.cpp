// Connections that are made for others, without a deadline.
//
// REQUIRES: package-libhiredis-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <hiredis/hiredis.h>

static redisContext *shared;

bool bad(const char *host, int port) {
  shared = redisConnect(host, port);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'redisConnect' is given no deadline, and nor is what it returns; calls by it wait for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-FIXES: shared = redisConnectWithTimeout(host, port, timeval{30, 0});
  return shared && !shared->err;
}

struct Pool {
  redisContext *context;
  bool open() {
    context = redisConnect("cache.example.org", 6379);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'redisConnect' is given no deadline, and nor is what it returns
    // CHECK-FIXES: context = redisConnectWithTimeout("cache.example.org", 6379, timeval{30, 0});
    return context && !context->err;
  }
};

redisContext *goodLimited(const char *host, int port) {
  return redisConnectWithTimeout(host, port, timeval{1, 0});
}

// 0 is the user's wish.
redisContext *goodOption(const char *host, int port, timeval limit) {
  if (!limit.tv_sec && !limit.tv_usec)
    return redisConnect(host, port);
  return redisConnectWithTimeout(host, port, limit);
}

redisContext *goodLocal() { return redisConnect("127.0.0.1", 6379); }

redisContext *goodNonBlock(const char *host) {
  return redisConnectNonBlock(host, 6379);
}

// Who has started a tool waits for it, and can end it.
int main(int argc, char **argv) {
  shared = redisConnect(argv[1], 6379);
  return argc;
}
