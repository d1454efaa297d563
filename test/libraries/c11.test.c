// The threads of C11, from the real header.
//
// RUN: %check_leaks %s leak-unjoined-thread -std=c11,c17 --host=tidy,analyzer

#include <stddef.h>
#include <threads.h>

int work(void *Argument);

int badReturn(int Ready) {
  thrd_t Worker;
  if (thrd_create(&Worker, work, NULL) != thrd_success)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return -1;
  if (!Ready)
    return -1;
  return thrd_join(Worker, NULL);
}

int goodReturn(int Ready) {
  thrd_t Worker;
  if (thrd_create(&Worker, work, NULL) != thrd_success)
    return -1;
  if (!Ready)
    return thrd_detach(Worker);
  return thrd_join(Worker, NULL);
}

void badUnchecked(void) {
  thrd_t Worker;
  thrd_create(&Worker, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
}

void badTwice(void) {
  thrd_t Worker;
  if (thrd_create(&Worker, work, NULL) != thrd_success)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is joined after it was joined; the behavior is undefined [leak-unjoined-thread]
    return;
  thrd_join(Worker, NULL);
  thrd_join(Worker, NULL);
}

void goodSelf(void) {
  thrd_t Self = thrd_current();
  (void)thrd_equal(Self, thrd_current());
}
