// Annotations in C, where they stand on functions.
//
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,leak-tidy,analyzer

#include <pthread.h>

void *work(void *Argument);

__attribute__((annotate("leak:start,object=*0,callable=1")))
void begin(pthread_t *Thread, void *(*Work)(void *));
__attribute__((annotate("leak:join,object=0"))) void finish(pthread_t Thread);

void bad(int Ready) {
  pthread_t Worker;
  begin(&Worker, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
  if (Ready)
    finish(Worker);
}

void good(int Ready) {
  pthread_t Worker;
  begin(&Worker, work);
  if (Ready)
    finish(Worker);
  else
    pthread_detach(Worker);
}
