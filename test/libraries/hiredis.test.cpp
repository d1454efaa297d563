// hiredis, from the real header: what each call is taken for.
//
// REQUIRES: package-libhiredis-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/hiredis.yaml -- -std=c++17
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/hiredis.yaml -- -x c -std=c17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <hiredis/hiredis.h>

void badConnect() {
  redisContext *Redis = redisConnect("localhost", 6379); // ROLE: redisConnect block
  freeReplyObject(redisCommand(Redis, "PING")); // ROLE: redisCommand block
  redisFree(Redis);
}

bool goodConnect() {
  timeval Second = {1, 0};
  redisContext *Redis = redisConnectWithTimeout("localhost", 6379, Second); // ROLE: redisConnectWithTimeout block
  if (!Redis || Redis->err || redisSetTimeout(Redis, Second) != REDIS_OK) // ROLE: redisSetTimeout set-deadline
    return false;
  freeReplyObject(redisCommand(Redis, "GET %s", "key")); // ROLE: redisCommand block
  redisFree(Redis);
  return true;
}

void badUnix() {
  redisContext *Redis = redisConnectUnix("/run/redis"); // ROLE: redisConnectUnix block
  redisReconnect(Redis); // ROLE: redisReconnect block
  redisFree(Redis);
}

void goodUnix(const char **Words, const size_t *Sizes) {
  timeval Second = {1, 0};
  redisContext *Redis = redisConnectUnixWithTimeout("/run/redis", Second); // ROLE: redisConnectUnixWithTimeout block
  redisSetTimeout(Redis, Second); // ROLE: redisSetTimeout set-deadline
  freeReplyObject(redisCommandArgv(Redis, 2, Words, Sizes)); // ROLE: redisCommandArgv block
  redisFree(Redis);
}

void goodPipeline(redisContext *Redis) {
  timeval Second = {1, 0};
  redisSetTimeout(Redis, Second); // ROLE: redisSetTimeout set-deadline
  redisAppendCommand(Redis, "PING");
  void *Reply = nullptr;
  if (redisGetReply(Redis, &Reply) == REDIS_OK) // ROLE: redisGetReply block
    freeReplyObject(Reply);
  int Done = 0;
  if (redisBufferWrite(Redis, &Done) == REDIS_OK) // ROLE: redisBufferWrite block
    redisBufferRead(Redis); // ROLE: redisBufferRead block
}
