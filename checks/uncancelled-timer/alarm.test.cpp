// The timer of the process, and exceptions.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <unistd.h>

int ask();
void close();

int bad() {
  alarm(5);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the alarm is not taken back on every path
  if (ask() < 0)
    return -1;
  alarm(0);
  return 0;
}

// The handler of the signal only sets a flag.
void goodThrows() {
  try {
    while (true) {
      alarm(1);
      int answer = ask();
      alarm(0);
      if (answer < 0)
        break;
    }
  } catch (...) {
    close();
  }
}
