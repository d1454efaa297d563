// Timers that one exit of the function leaves behind.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void work(void);
int more(void);

int bad(int x, struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t))
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path; when the function has returned, nothing can stop it any more [leak-uncancelled-timer]
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0) {
    perror("timer_settime");
    return -2;
  }
  work();
  timer_delete(t);
  return 0;
}

int badGoto(struct sigevent *event, const struct itimerspec *spec) {
  int rc = -1;
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path
    goto out;
  if (timer_settime(t, 0, spec, NULL) < 0)
    goto out;
  work();
  rc = 0;
  timer_delete(t);
out:
  return rc;
}

static timer_t shared;

int badShared(struct sigevent *event, const struct itimerspec *spec) {
  if (timer_create(CLOCK_MONOTONIC, event, &shared) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'shared' is not deleted on every path
    return -1;
  if (timer_settime(shared, 0, spec, NULL) < 0)
    return -1;
  do {
    work();
  } while (more());
  timer_delete(shared);
  return 0;
}

// By its address the handler knows which one it is.
int badTagged(const struct itimerspec *spec) {
  struct sigevent event = {0};
  timer_t t;
  event.sigev_value.sival_ptr = &t;
  if (timer_create(CLOCK_MONOTONIC, &event, &t) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0)
    return -1;
  work();
  return timer_delete(t);
}

void badNever(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is never deleted; when the function has returned, nothing can stop it any more
    timer_settime(t, 0, spec, NULL);
}

int good(struct sigevent *event, const struct itimerspec *spec) {
  int rc = -1;
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0)
    goto out;
  work();
  rc = 0;
out:
  timer_delete(t);
  return rc;
}

timer_t goodReturned(struct sigevent *event) {
  timer_t t = 0;
  timer_create(CLOCK_MONOTONIC, event, &t);
  return t;
}

struct owner {
  timer_t t;
};

int goodStored(struct owner *o, struct sigevent *event) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    return -1;
  o->t = t;
  return 0;
}

static timer_t *known;

int goodKnown(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  known = &t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0)
    return -1;
  work();
  return timer_delete(t);
}

static timer_t global;

int goodOpen(struct sigevent *event, const struct itimerspec *spec) {
  if (timer_create(CLOCK_MONOTONIC, event, &global) < 0)
    return -1;
  if (timer_settime(global, 0, spec, NULL) < 0) {
    timer_delete(global);
    return -1;
  }
  return 0;
}

void goodClose(void) { timer_delete(global); }

// What logs a failure comes back, whatever its name.
void pr_fail(const char *format, ...);

int badLogged(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path
    pr_fail("timer_create");
    return -1;
  }
  if (timer_settime(t, 0, spec, NULL) < 0) {
    pr_fail("timer_settime");
    return -1;
  }
  work();
  timer_delete(t);
  return 0;
}

static void failed(const char *format, ...) { puts(format); }

int badSeen(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0) {
    failed("timer_settime");
    return -1;
  }
  work();
  timer_delete(t);
  return 0;
}

void test_fail(const char *format, ...);
static void failHard(const char *format, ...) {
  puts(format);
  exit(1);
}

int goodFails(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t) < 0)
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0) {
    test_fail("timer_settime");
    return -1;
  }
  if (more()) {
    failHard("timer_settime");
    return -1;
  }
  work();
  timer_delete(t);
  return 0;
}

int main(void) {
  timer_t t;
  struct sigevent event = {0};
  timer_create(CLOCK_MONOTONIC, &event, &t);
  work();
}
