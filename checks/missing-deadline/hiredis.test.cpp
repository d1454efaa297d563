// A client without a default.
//
// REQUIRES: package-libhiredis-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <hiredis/hiredis.h>

void bad() {
  redisContext *context = redisConnect("localhost", 6379);
  void *reply = redisCommand(context, "PING");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'context' is given no deadline; 'redisCommand' waits for ever when the other side doesn't answer
  // CHECK-FIXES: redisSetTimeout(context, timeval{30, 0});
  // CHECK-FIXES-NEXT: void *reply = redisCommand(context, "PING");
  freeReplyObject(reply);
  redisFree(context);
}

void goodConnect() {
  redisContext *context =
      redisConnectWithTimeout("localhost", 6379, timeval{1, 0});
  freeReplyObject(redisCommand(context, "PING"));
  redisFree(context);
}

void goodSet() {
  redisContext *context = redisConnect("localhost", 6379);
  redisSetTimeout(context, timeval{1, 0});
  freeReplyObject(redisCommand(context, "PING"));
  redisFree(context);
}

// A subscriber waits for messages that may never come, and has no row for it.
void goodParameter(redisContext *context) {
  void *reply = nullptr;
  while (redisGetReply(context, &reply) == REDIS_OK)
    freeReplyObject(reply);
}
