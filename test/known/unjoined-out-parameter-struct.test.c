// Miss: the object that holds the id is freed on an error path; only another function
// joins. (Where none does, the field is reported.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <pthread.h>
#include <stdlib.h>

void *work(void *);
_Bool ready(void);

int prepare(void);
struct server {
  pthread_t worker;
  int started;
};

void server_free(struct server *s) {
  pthread_join(s->worker, NULL);
  free(s);
}

struct server *bad_create(void) {
  struct server *s = malloc(sizeof *s);
  if (!s)
    return NULL;
  if (pthread_create(&s->worker, NULL, work, s)) {
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
    free(s);
    return NULL;
  }
  if (prepare()) {
    free(s);
    return NULL;
  }
  return s;
}
