// Notes and fix-its of timers on paths.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <signal.h>
#include <time.h>
#include <unistd.h>

int ask(void);
void work(void);

int bad(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t))
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: 't' is not deleted on every path; when the function has returned, nothing can stop it any more [leak-uncancelled-timer]
    // CHECK-NOTES: :[[@LINE-2]]:7: note: assuming 'timer_create(CLOCK_MONOTONIC, event, &t)' is false
    // CHECK-NOTES: :[[@LINE+7]]:7: note: assuming 'timer_settime(t, 0, spec, NULL) < 0' is true
    // CHECK-NOTES: :[[@LINE+7]]:5: note: 't' is left behind here
    // CHECK-NOTES: :[[@LINE+8]]:3: note: another path deletes it here
    return -1;
  // CHECK-FIXES: timer_delete(t);
  // CHECK-FIXES-NEXT: return -2;
  // CHECK-FIXES-NEXT: }
  if (timer_settime(t, 0, spec, NULL) < 0)
    return -2;
  work();
  timer_delete(t);
  return 0;
}

int badAlarm(void) {
  alarm(5);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path; it goes off when the function has returned [leak-uncancelled-timer]
  // CHECK-NOTES: :[[@LINE+6]]:7: note: assuming 'ask() < 0' is true
  // CHECK-NOTES: :[[@LINE+6]]:5: note: it is still armed here
  // CHECK-NOTES: :[[@LINE+7]]:3: note: another path takes it back here
  // CHECK-FIXES: alarm(0);
  // CHECK-FIXES-NEXT: return -1;
  // CHECK-FIXES-NEXT: }
  if (ask() < 0)
    return -1;
  work();
  alarm(0);
  return 0;
}

// As the mend has it.
int good(struct sigevent *event, const struct itimerspec *spec) {
  timer_t t;
  if (timer_create(CLOCK_MONOTONIC, event, &t))
    return -1;
  if (timer_settime(t, 0, spec, NULL) < 0) {
    timer_delete(t);
    return -2;
  }
  work();
  timer_delete(t);
  return 0;
}
