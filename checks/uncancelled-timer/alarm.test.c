// The timer of the process: armed, and not taken back by one exit.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <unistd.h>

int ask(void);
int more(void);
void work(void);

int bad(void) {
  alarm(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path; it goes off when the function has returned [leak-uncancelled-timer]
  if (ask() < 0)
    return -1;
  work();
  alarm(0);
  return 0;
}

int badLoop(void) {
  while (more()) {
    alarm(1 + 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the alarm is not taken back on every path
    if (ask() < 0)
      return -1;
    alarm(0);
  }
  return 0;
}

int good(void) {
  alarm(5);
  int answer = ask();
  alarm(0);
  if (answer < 0)
    return -1;
  work();
  return 0;
}

// Its caller takes it back.
void goodArms(void) { alarm(5); }

void goodSwitches(int on) {
  if (on)
    alarm(5);
  else
    alarm(0);
}

// Somebody else's time.
int goodNested(void) {
  unsigned old = alarm(5);
  if (ask() < 0) {
    alarm(old);
    return -1;
  }
  alarm(0);
  return 0;
}

int goodEnds(void) {
  alarm(5);
  if (ask() < 0)
    _exit(1);
  alarm(0);
  return 0;
}

int main(void) {
  alarm(5);
  if (ask() < 0)
    return -1;
  alarm(0);
}
