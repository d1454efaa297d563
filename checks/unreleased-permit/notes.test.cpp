// The notes tell the way, the other exits, and what a sibling does; the fix-it
// makes the report go away.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <mutex>

std::mutex m;
int next();

int bad_two_exits(int x) {
  m.lock();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function returns, and whoever waits for it waits for ever [leak-unreleased-permit]
  // CHECK-NOTES: :[[@LINE+3]]:7: note: assuming 'x < 0' is true
  // CHECK-NOTES: :[[@LINE+3]]:5: note: 'm' is still held here
  // CHECK-NOTES: :[[@LINE+6]]:3: note: another path releases it here
  if (x < 0)
    return -1;
  // CHECK-FIXES: m.unlock();
  // CHECK-FIXES-NEXT: return -1;
  // CHECK-FIXES-NEXT: }
  m.unlock();
  return 0;
}

void bad_twice(int x) {
  m.lock();
  if (x)
    m.unlock();
  // CHECK-NOTES: :[[@LINE+3]]:3: warning: 'm' is released twice on this path; the behavior is undefined [leak-unreleased-permit]
  // CHECK-NOTES: :[[@LINE-2]]:5: note: released first here
  next();
  m.unlock();
}
