// POSIX threads, from the real headers, in C; posix.test.cpp is the same in C++.
//
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,analyzer -- -D_GNU_SOURCE

#include <pthread.h>
#include <stddef.h>
#include <time.h>

void *work(void *Argument);

int badReturn(int Ready) {
  pthread_t Worker;
  if (pthread_create(&Worker, NULL, work, NULL) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return -1;
  if (!Ready)
    return -1;
  return pthread_join(Worker, NULL);
}

int goodReturn(int Ready) {
  pthread_t Worker;
  if (pthread_create(&Worker, NULL, work, NULL) != 0)
    return -1;
  if (!Ready)
    return pthread_detach(Worker);
  return pthread_join(Worker, NULL);
}

void badUnchecked(void) {
  pthread_t Worker;
  pthread_create(&Worker, NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
}

void badTwice(void) {
  pthread_t Worker;
  if (pthread_create(&Worker, NULL, work, NULL))
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is joined after it was detached; the behavior is undefined [leak-unjoined-thread]
    return;
  pthread_detach(Worker);
  pthread_join(Worker, NULL);
}

void badTimedJoin(const struct timespec *Until) {
  pthread_t Worker;
  if (pthread_create(&Worker, NULL, work, NULL))
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return;
  pthread_timedjoin_np(Worker, NULL, Until);
}

void goodTimedJoin(const struct timespec *Until) {
  pthread_t Worker;
  if (pthread_create(&Worker, NULL, work, NULL))
    return;
  if (pthread_timedjoin_np(Worker, NULL, Until) != 0)
    pthread_detach(Worker);
}

void goodBornDetached(void) {
  pthread_t Worker;
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setdetachstate(&Attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&Worker, &Attributes, work, NULL);
  pthread_attr_destroy(&Attributes);
}

void badBornJoinable(void) {
  pthread_t Worker;
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setdetachstate(&Attributes, PTHREAD_CREATE_JOINABLE);
  pthread_create(&Worker, &Attributes, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
  pthread_attr_destroy(&Attributes);
}

void goodCopied(void) {
  pthread_t Worker, Same;
  if (pthread_create(&Worker, NULL, work, NULL))
    return;
  Same = Worker;
  pthread_join(Same, NULL);
}

void goodSelf(void) {
  pthread_t Self = pthread_self();
  pthread_setname_np(Self, "main");
}
