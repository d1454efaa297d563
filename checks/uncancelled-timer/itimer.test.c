// A timer of the process whose time stands in a structure.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <string.h>
#include <sys/time.h>

int ask(void);
void work(void);

int bad(int seconds) {
  struct itimerval time;
  memset(&time, 0, sizeof time);
  time.it_value.tv_sec = seconds;
  setitimer(ITIMER_REAL, &time, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path; it goes off when the function has returned [leak-uncancelled-timer]
  if (ask() < 0)
    return -1;
  time.it_value.tv_sec = 0;
  setitimer(ITIMER_REAL, &time, NULL);
  work();
  return 0;
}

static const struct itimerval never;

int badStatic(void) {
  struct itimerval time = {{1, 0}, {1, 0}};
  if (setitimer(ITIMER_PROF, &time, NULL) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the alarm is not taken back on every path
    return -1;
  if (ask() < 0)
    return -1;
  setitimer(ITIMER_PROF, &never, NULL);
  return 0;
}

int badCleared(void) {
  struct itimerval on, off;
  on.it_interval.tv_sec = 0;
  on.it_interval.tv_usec = 1000;
  on.it_value = on.it_interval;
  timerclear(&off.it_interval);
  timerclear(&off.it_value);
  setitimer(ITIMER_REAL, &on, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path
  if (ask() < 0)
    return -1;
  setitimer(ITIMER_REAL, &off, NULL);
  return 0;
}

static void arm(int ms) {
  struct itimerval time = {{0, 0}, {0, 0}};
  time.it_value.tv_usec = ms * 1000;
  setitimer(ITIMER_REAL, &time, NULL);
}

int badFunction(void) {
  arm(50);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path
  // CHECK-FIXES: arm(0);
  // CHECK-FIXES-NEXT: return -1;
  if (ask() < 0)
    return -1;
  arm(0);
  return 0;
}

int good(int seconds) {
  struct itimerval time;
  memset(&time, 0, sizeof time);
  time.it_value.tv_sec = seconds;
  setitimer(ITIMER_REAL, &time, NULL);
  int answer = ask();
  time.it_value.tv_sec = 0;
  setitimer(ITIMER_REAL, &time, NULL);
  if (answer < 0)
    return -1;
  work();
  return 0;
}

// Not armed on that way.
int goodFailed(void) {
  struct itimerval time = {{1, 0}, {1, 0}};
  if (setitimer(ITIMER_REAL, &time, NULL) != 0)
    return -1;
  work();
  setitimer(ITIMER_REAL, &never, NULL);
  return 0;
}

// Armed for what comes after.
int goodStart(void) {
  struct itimerval time = {{1, 0}, {1, 0}};
  setitimer(ITIMER_REAL, &time, NULL);
  if (ask() < 0) {
    setitimer(ITIMER_REAL, &never, NULL);
    return -1;
  }
  return 0;
}

// It gets its time back.
int goodRestored(void) {
  struct itimerval time = {{1, 0}, {1, 0}}, old;
  setitimer(ITIMER_REAL, &time, &old);
  if (ask() < 0) {
    setitimer(ITIMER_REAL, &old, NULL);
    return -1;
  }
  setitimer(ITIMER_REAL, &never, NULL);
  return 0;
}

// Whose time it is, isn't known.
int goodUnknown(const struct itimerval *time) {
  setitimer(ITIMER_REAL, time, NULL);
  if (ask() < 0)
    return -1;
  setitimer(ITIMER_REAL, &never, NULL);
  return 0;
}

// Two timers.
int goodTwo(void) {
  struct itimerval time = {{1, 0}, {1, 0}};
  setitimer(ITIMER_REAL, &time, NULL);
  if (ask() < 0)
    return -1;
  setitimer(ITIMER_PROF, &never, NULL);
  return 0;
}

// The function decides by itself.
static void set(int ms) {
  struct itimerval time = {{0, 0}, {0, 0}};
  if (ms < 10)
    return;
  time.it_value.tv_usec = ms * 1000;
  setitimer(ITIMER_REAL, &time, NULL);
}

int goodDecides(void) {
  set(50);
  if (ask() < 0)
    return -1;
  set(0);
  return 0;
}
