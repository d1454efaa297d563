// Miss: the id is a member of a local struct whose address the thread gets; another
// function joins. (Where none does, the field is reported.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <stddef.h>
#include <threads.h>

int work(void *);

int prepare(void);
struct server {
  thrd_t worker;
};

void server_stop(struct server *s) { thrd_join(s->worker, NULL); }

void bad_local_struct(void) {
  struct server s;
  if (thrd_create(&s.worker, work, &s) != thrd_success)
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
    return;
  prepare();
}
