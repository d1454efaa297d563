// POSIX threads, in C.
// RUN: %check_leaks %s leak-unjoined-thread

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <stdbool.h>
#include <time.h>

void *work(void *);
bool ready(void);
int prepare(void);

void bad_never_joined(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL) != 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return;
  prepare();
}

void good_joined(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL) != 0)
    return;
  pthread_join(worker, NULL);
}

void good_detached(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL) == 0)
    pthread_detach(worker);
}

void bad_result_ignored(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread started here is neither joined nor detached on this path
}

void good_result_ignored(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, work, NULL);
  pthread_join(worker, NULL);
}

int bad_early_return(void) {
  pthread_t worker;
  int error = pthread_create(&worker, NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the thread started here is neither joined nor detached on this path
  if (error)
    return error;
  error = prepare();
  if (error)
    return error;
  pthread_join(worker, NULL);
  return 0;
}

int good_early_return(void) {
  pthread_t worker;
  int error = pthread_create(&worker, NULL, work, NULL);
  if (error)
    return error;
  error = prepare();
  pthread_join(worker, NULL);
  return error;
}

int bad_goto_error(void) {
  pthread_t worker;
  int result = -1;
  char *buffer = malloc(10);
  if (!buffer)
    return -1;
  if (pthread_create(&worker, NULL, work, buffer))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    goto out;
  if (prepare())
    goto out;
  pthread_join(worker, NULL);
  result = 0;
out:
  free(buffer);
  return result;
}

int good_goto_error(void) {
  pthread_t worker;
  int result = -1;
  char *buffer = malloc(10);
  if (!buffer)
    return -1;
  if (pthread_create(&worker, NULL, work, buffer))
    goto out;
  if (prepare())
    goto out_join;
  result = 0;
out_join:
  pthread_join(worker, NULL);
out:
  free(buffer);
  return result;
}

int good_goto_with_flag(void) {
  pthread_t worker;
  int started = 0, result = -1;
  if (pthread_create(&worker, NULL, work, NULL))
    goto out;
  started = 1;
  if (prepare())
    goto out;
  result = 0;
out:
  if (started)
    pthread_join(worker, NULL);
  return result;
}

int bad_second_create_fails(void) {
  pthread_t first, second;
  if (pthread_create(&first, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return -1;
  if (pthread_create(&second, NULL, work, NULL))
    return -1;
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  return 0;
}

int good_second_create_fails(void) {
  pthread_t first, second;
  if (pthread_create(&first, NULL, work, NULL))
    return -1;
  if (pthread_create(&second, NULL, work, NULL)) {
    pthread_join(first, NULL);
    return -1;
  }
  pthread_join(first, NULL);
  pthread_join(second, NULL);
  return 0;
}

void bad_created_again(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  pthread_join(worker, NULL);
}

void good_created_again(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  pthread_join(worker, NULL);
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  pthread_join(worker, NULL);
}

void bad_joined_twice(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread is joined after it was joined
    return;
  pthread_join(worker, NULL);
  pthread_join(worker, NULL);
}

void bad_joined_after_detach(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread is joined after it was detached
    return;
  pthread_detach(worker);
  pthread_join(worker, NULL);
}

void good_attribute_detached(void) {
  pthread_t worker;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&worker, &attr, work, NULL);
  pthread_attr_destroy(&attr);
}

void bad_attribute_joinable(void) {
  pthread_t worker;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_JOINABLE);
  pthread_create(&worker, &attr, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread started here is neither joined nor detached on this path
  pthread_attr_destroy(&attr);
}

void bad_attribute_stack_only(void) {
  pthread_t worker;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, 65536);
  pthread_create(&worker, &attr, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread started here is neither joined nor detached on this path
  pthread_attr_destroy(&attr);
}

void good_attribute_unknown(const pthread_attr_t *attr) {
  pthread_t worker;
  pthread_create(&worker, attr, work, NULL);
}

void good_detaches_itself(void) {
  pthread_detach(pthread_self());
}

static void *detaches_itself(void *arg) {
  pthread_detach(pthread_self());
  return arg;
}

void good_timedjoin_then_detach(const struct timespec *deadline) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  if (pthread_timedjoin_np(worker, NULL, deadline) != 0)
    pthread_detach(worker);
}

void bad_timedjoin_only(const struct timespec *deadline) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return;
  pthread_timedjoin_np(worker, NULL, deadline);
}

void good_tryjoin_loop(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  while (pthread_tryjoin_np(worker, NULL) != 0)
    prepare();
}

void bad_cancelled_only(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return;
  pthread_cancel(worker);
}

void good_cancelled_and_joined(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  pthread_cancel(worker);
  pthread_join(worker, NULL);
}

// Handed on.

int good_out_parameter(pthread_t *result) {
  return pthread_create(result, NULL, work, NULL);
}

int good_copied_to_out_parameter(pthread_t *result) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return -1;
  *result = worker;
  return 0;
}

pthread_t good_returned(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, work, NULL);
  return worker;
}

void register_thread(pthread_t);

void good_passed_by_value(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, work, NULL);
  register_thread(worker);
}

static pthread_t the_thread;

void good_stored_in_global(void) {
  pthread_t worker;
  pthread_create(&worker, NULL, work, NULL);
  the_thread = worker;
}

static int spawn(pthread_t *result) {
  return pthread_create(result, NULL, work, NULL);
}

void bad_started_by_helper(void) {
  pthread_t worker;
  if (spawn(&worker))
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
    return;
  prepare();
}

void good_started_by_helper(void) {
  pthread_t worker;
  if (spawn(&worker))
    return;
  pthread_join(worker, NULL);
}

static void finish(pthread_t worker) { pthread_join(worker, NULL); }

void good_joined_by_helper(void) {
  pthread_t worker;
  if (pthread_create(&worker, NULL, work, NULL))
    return;
  finish(worker);
}

// Structs.

struct server {
  pthread_t worker;
  int started;
};

struct server *good_create(void) {
  struct server *s = malloc(sizeof *s);
  if (!s)
    return NULL;
  if (pthread_create(&s->worker, NULL, work, s)) {
    free(s);
    return NULL;
  }
  return s;
}

void good_destroy(struct server *s) {
  if (s->started)
    pthread_join(s->worker, NULL);
  free(s);
}

void good_local_struct(void) {
  struct server s = {0};
  if (pthread_create(&s.worker, NULL, work, &s))
    return;
  pthread_join(s.worker, NULL);
}

// Arrays.

void bad_array(void) {
  pthread_t pool[4];
  for (int i = 0; i < 4; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' holds threads that are neither joined nor detached on this path
}

void good_array(void) {
  pthread_t pool[4];
  for (int i = 0; i < 4; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  for (int i = 0; i < 4; ++i)
    pthread_join(pool[i], NULL);
}

void good_array_pointer(void) {
  pthread_t pool[4], *p;
  for (p = pool; p != pool + 4; ++p)
    pthread_create(p, NULL, work, NULL);
  for (p = pool; p != pool + 4; ++p)
    pthread_join(*p, NULL);
}

void bad_array_return(void) {
  pthread_t pool[4];
  for (int i = 0; i < 4; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' holds threads that are neither joined nor detached on this path
  if (!ready())
    return;
  for (int i = 0; i < 4; ++i)
    pthread_join(pool[i], NULL);
}

void bad_array_return_in_start_loop(void) {
  pthread_t pool[4];
  for (int i = 0; i < 4; ++i)
    if (pthread_create(&pool[i], NULL, work, NULL))
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pool' holds threads that are neither joined nor detached on this path
      return;
  for (int i = 0; i < 4; ++i)
    pthread_join(pool[i], NULL);
}

void good_array_return_in_start_loop(void) {
  pthread_t pool[4];
  int n;
  for (n = 0; n < 4; ++n)
    if (pthread_create(&pool[n], NULL, work, NULL))
      break;
  for (int i = 0; i < n; ++i)
    pthread_join(pool[i], NULL);
}

void good_array_started_count(int n) {
  pthread_t *pool = calloc(n, sizeof *pool);
  int started = 0;
  for (int i = 0; i < n; ++i)
    if (pthread_create(&pool[i], NULL, work, NULL) == 0)
      started++;
  while (started-- > 0)
    pthread_join(pool[started], NULL);
  free(pool);
}

void good_heap_array(int n) {
  pthread_t *pool = calloc(n, sizeof *pool);
  for (int i = 0; i < n; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  for (int i = 0; i < n; ++i)
    pthread_join(pool[i], NULL);
  free(pool);
}

void bad_overwritten_in_loop(void) {
  pthread_t worker;
  for (int i = 0; i < 4; ++i)
    pthread_create(&worker, NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the thread started here is neither joined nor detached on this path
  pthread_join(worker, NULL);
}

void bad_array_all_but_one(void) {
  pthread_t pool[4];
  for (int i = 0; i < 4; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' holds threads that are neither joined nor detached on this path
  for (int i = 0; i < 3; ++i)
    pthread_join(pool[i], NULL);
}

// No way back.

void good_self(void) {
  pthread_t self = pthread_self();
  pthread_kill(self, SIGUSR1);
}

int good_created_flag(bool parallel) {
  pthread_t worker;
  bool created = false;
  if (parallel)
    created = pthread_create(&worker, NULL, work, NULL) == 0;
  if (created)
    pthread_join(worker, NULL);
  return 0;
}

int good_negated_result(void) {
  pthread_t worker;
  int ok = !pthread_create(&worker, NULL, work, NULL);
  prepare();
  if (ok)
    pthread_join(worker, NULL);
  return ok;
}
