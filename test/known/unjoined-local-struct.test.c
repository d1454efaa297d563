// Miss: the id is a member of a local struct whose address the thread gets; another
// function joins. (Where none does, the field is reported.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <pthread.h>

void *work(void *);
_Bool ready(void);

int prepare(void);
struct server {
  pthread_t worker;
  int started;
};

void server_stop(struct server *s) { pthread_join(s->worker, NULL); }

void bad_local_struct(void) {
  struct server s = {0};
  if (pthread_create(&s.worker, NULL, work, &s))
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
    return;
  prepare();
}
