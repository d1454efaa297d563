// A handle whose type is a typedef of a pointer.
// RUN: %python %S/Inputs/block.py %repository/docs/models.md yaml 2 > %t.yaml
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-tidy.Models: '%t.yaml'}}"

#include "Inputs/inhouse/threads.h"

void work();

int badC(bool Ready) {
  ih_thread_t Worker;
  if (ih_thread_create(&Worker, work) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return -1;
  if (!Ready)
    return -1;
  return ih_thread_wait(Worker);
}

int goodC(bool Ready) {
  ih_thread_t Worker;
  if (ih_thread_create(&Worker, work) != 0)
    return -1;
  int Result = ih_thread_wait(Worker);
  return Ready ? Result : -1;
}
