// Where all others make the same call without arguments, the fix-it repeats it.
//
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <functional>

bool valid(int);
void work();

void bad_same_everywhere(int id, std::function<void()> done) {
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'done' is not called on every path;
  if (id < 0) {
    done();
    return;
  }
  if (!valid(id))
    return;
  // CHECK-FIXES: done();
  // CHECK-FIXES-NEXT: return;
  // CHECK-FIXES-NEXT: }
  work();
  done();
}

void bad_may_be_null(int id, std::function<void()> done) {
  // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: 'done' is not called on every path;
  if (id < 0) {
    if (done)
      done();
    return;
  }
  if (!valid(id + 1))
    return;
  // CHECK-FIXES: if (!valid(id + 1))
  // CHECK-FIXES-NEXT: return;
  work();
  if (done)
    done();
}

void bad_another_comes_here_with_it_done(int id, std::function<void()> done) {
  // CHECK-MESSAGES: :[[@LINE-1]]:72: warning: 'done' is not called on every path;
  if (id < 0) {
    done();
    return;
  }
  if (valid(id + 2))
    done();
  return;
  // CHECK-FIXES: if (valid(id + 2))
  // CHECK-FIXES-NEXT: done();
  // CHECK-FIXES-NEXT: return;
}
