// Somebody in the unit gives a connection its time: perhaps all of them.
//
// REQUIRES: package-libhiredis-dev
// RUN: %check_leaks %s leak-missing-deadline --silent -- -std=c++17

#include <hiredis/hiredis.h>

static redisContext *shared;

bool goodOpen(const char *host, int port) {
  shared = redisConnect(host, port);
  return shared && !shared->err;
}

void goodLimit(redisContext *context) { redisSetTimeout(context, timeval{1, 0}); }
