// The threads of C11.
// RUN: %check_leaks %s leak-unjoined-thread

#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

int work(void *);
bool ready(void);
int prepare(void);

void bad_never_joined(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) != thrd_success)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return;
  prepare();
}

void good_joined(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) != thrd_success)
    return;
  thrd_join(worker, NULL);
}

void good_detached(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) == thrd_success)
    thrd_detach(worker);
}

int bad_goto_error(void) {
  thrd_t worker;
  int result = -1;
  if (thrd_create(&worker, work, NULL) != thrd_success)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    goto out;
  if (prepare())
    goto out;
  thrd_join(worker, NULL);
  result = 0;
out:
  return result;
}

int good_goto_error(void) {
  thrd_t worker;
  int result = -1;
  if (thrd_create(&worker, work, NULL) != thrd_success)
    goto out;
  if (prepare())
    goto join;
  result = 0;
join:
  thrd_join(worker, &result);
out:
  return result;
}

void bad_created_again(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) != thrd_success)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return;
  if (thrd_create(&worker, work, NULL) != thrd_success)
    return;
  thrd_join(worker, NULL);
}

void good_created_again(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) != thrd_success)
    return;
  thrd_join(worker, NULL);
  if (thrd_create(&worker, work, NULL) != thrd_success)
    return;
  thrd_join(worker, NULL);
}

void bad_joined_twice(void) {
  thrd_t worker;
  if (thrd_create(&worker, work, NULL) != thrd_success)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread is joined after it was joined
    return;
  thrd_join(worker, NULL);
  thrd_join(worker, NULL);
}

int good_out_parameter(thrd_t *result) {
  return thrd_create(result, work, NULL);
}

thrd_t good_returned(void) {
  thrd_t worker;
  thrd_create(&worker, work, NULL);
  return worker;
}

struct server {
  thrd_t worker;
};

void good_local_struct(void) {
  struct server s;
  if (thrd_create(&s.worker, work, &s) != thrd_success)
    return;
  thrd_join(s.worker, NULL);
}

struct server *good_create(void) {
  struct server *s = malloc(sizeof *s);
  if (!s)
    return NULL;
  if (thrd_create(&s->worker, work, s) != thrd_success) {
    free(s);
    return NULL;
  }
  return s;
}

void good_destroy(struct server *s) {
  thrd_join(s->worker, NULL);
  free(s);
}

void bad_array(void) {
  thrd_t pool[4];
  for (int i = 0; i < 4; ++i)
    thrd_create(&pool[i], work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' holds threads that are neither joined nor detached on this path
}

void good_array(void) {
  thrd_t pool[4];
  for (int i = 0; i < 4; ++i)
    thrd_create(&pool[i], work, NULL);
  for (int i = 0; i < 4; ++i)
    thrd_join(pool[i], NULL);
}

void good_self(void) {
  thrd_t self = thrd_current();
  (void)self;
}
