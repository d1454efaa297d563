// A timer of the process that methods arm and take back.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <sys/time.h>

bool begin();
void work();

class Profiler {
public:
  bool bad() {
    start();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the alarm is not taken back on every path; it goes off when the function has returned [leak-uncancelled-timer]
    // CHECK-FIXES: stop();
    // CHECK-FIXES-NEXT: return false;
    if (!begin())
      return false;
    work();
    stop();
    return true;
  }
  bool good() {
    if (!begin())
      return false;
    start();
    work();
    stop();
    return true;
  }

private:
  void start() {
    itimerval time;
    time.it_interval.tv_sec = 0;
    time.it_interval.tv_usec = 10000;
    time.it_value = time.it_interval;
    setitimer(ITIMER_PROF, &time, nullptr);
  }
  void stop() {
    itimerval time{};
    setitimer(ITIMER_PROF, &time, nullptr);
  }
};
