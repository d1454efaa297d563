// Fields of a struct that only this file knows: started here, and released by
// nobody here.
// RUN: %check_leaks %s leak-unjoined-thread

#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

#include "Inputs/shared-struct.h"

_Bool more(void);
void unknown(void *);
void keep(pthread_t *);

static void *run(void *p) { return p; }
static int run11(void *p) { return p != 0; }

struct bad_task {
  void *arg;
  pthread_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'thread' is neither joined nor detached anywhere in this file, which alone knows the struct; its stack and id are never freed [leak-unjoined-thread]
};

struct bad_task *bad_task_new(void *arg) {
  struct bad_task *t = calloc(1, sizeof *t);
  t->arg = arg;
  pthread_create(&t->thread, NULL, run, t);
  return t;
}

int bad_task_mine(const struct bad_task *t) { return pthread_equal(pthread_self(), t->thread); }

struct good_task {
  void *arg;
  pthread_t thread;
};

struct good_task *good_task_new(void *arg) {
  struct good_task *t = calloc(1, sizeof *t);
  t->arg = arg;
  pthread_create(&t->thread, NULL, run, t);
  return t;
}

void good_task_free(struct good_task *t) {
  pthread_join(t->thread, NULL);
  free(t);
}

struct good_detached {
  pthread_t thread;
};

void good_detached_start(struct good_detached *d) {
  pthread_create(&d->thread, NULL, run, d);
  pthread_detach(d->thread);
}

struct bad_c11 {
  thrd_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'thread' is neither joined nor detached anywhere in this file, which alone knows the struct
};

void bad_c11_start(struct bad_c11 *s) { thrd_create(&s->thread, run11, s); }

struct good_c11 {
  thrd_t thread;
};

void good_c11_start(struct good_c11 *s) { thrd_create(&s->thread, run11, s); }
void good_c11_stop(struct good_c11 *s) { thrd_join(s->thread, NULL); }

struct bad_forgets_one {
  pthread_t reader;
  pthread_t writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'writer' is neither joined nor detached anywhere in this file, which alone knows the struct
};

void bad_forgets_one_start(struct bad_forgets_one *s) {
  pthread_create(&s->reader, NULL, run, s);
  pthread_create(&s->writer, NULL, run, s);
}

void bad_forgets_one_stop(struct bad_forgets_one *s) { pthread_join(s->reader, NULL); }

struct good_both {
  pthread_t reader;
  pthread_t writer;
};

void good_both_start(struct good_both *s) {
  pthread_create(&s->reader, NULL, run, s);
  pthread_create(&s->writer, NULL, run, s);
}

void good_both_stop(struct good_both *s) {
  pthread_join(s->reader, NULL);
  pthread_join(s->writer, NULL);
}

// Other files know this one, and may join it.

void good_shared_start(struct shared *s) { pthread_create(&s->thread, NULL, run, s); }

// The attribute may say that nobody has to.

struct good_attribute {
  pthread_t thread;
};

void good_attribute_start(struct good_attribute *s) {
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&s->thread, &attr, run, s);
}

// Global objects live as long as the process.

static struct good_global {
  pthread_t thread;
} the_global;

void good_global_start(void) { pthread_create(&the_global.thread, NULL, run, NULL); }

// Its thread never ends.

static void *serve(void *p) {
  for (;;)
    unknown(p);
}

struct good_endless {
  pthread_t thread;
};

void good_endless_start(struct good_endless *s) { pthread_create(&s->thread, NULL, serve, s); }

// Its thread ends at times.

static void *serve_a_while(void *p) {
  for (;;) {
    unknown(p);
    if (!more())
      return NULL;
  }
}

struct bad_ending {
  pthread_t thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'thread' is neither joined nor detached anywhere in this file, which alone knows the struct
};

void bad_ending_start(struct bad_ending *s) { pthread_create(&s->thread, NULL, serve_a_while, s); }

// The id goes elsewhere.

struct good_copied {
  pthread_t thread;
};

void good_copied_start(struct good_copied *s, pthread_t *out) {
  pthread_create(&s->thread, NULL, run, s);
  *out = s->thread;
}

struct good_passed {
  pthread_t thread;
};

void good_passed_start(struct good_passed *s) {
  pthread_create(&s->thread, NULL, run, s);
  keep(&s->thread);
}

// Joined under another name.

struct good_by_pointer {
  pthread_t thread;
};

void good_by_pointer_start(struct good_by_pointer *s) { pthread_create(&s->thread, NULL, run, s); }

void good_by_pointer_stop(struct good_by_pointer *s) {
  pthread_t *id = &s->thread;
  pthread_join(*id, NULL);
}

struct good_by_copy {
  pthread_t thread;
};

void good_by_copy_start(struct good_by_copy *s) { pthread_create(&s->thread, NULL, run, s); }

void good_by_copy_stop(struct good_by_copy *s) {
  pthread_t id = s->thread;
  pthread_join(id, NULL);
}

// Each worker that ends hands its own id on, and joins the one before it.

struct good_pool {
  pthread_mutex_t mutex;
  pthread_t last;
  int any;
};

static void *pool_worker(void *p) {
  struct good_pool *pool = p;
  pthread_mutex_lock(&pool->mutex);
  pthread_t before = pool->last;
  int join = pool->any;
  pool->last = pthread_self();
  pool->any = 1;
  pthread_mutex_unlock(&pool->mutex);
  if (join)
    pthread_join(before, NULL);
  return NULL;
}

int good_pool_grow(struct good_pool *pool) {
  pthread_t id;
  return pthread_create(&id, NULL, pool_worker, pool);
}

// Cancelled, and who knows what comes then.

struct good_cancelled {
  pthread_t thread;
};

void good_cancelled_start(struct good_cancelled *s) { pthread_create(&s->thread, NULL, run, s); }
void good_cancelled_stop(struct good_cancelled *s) { pthread_cancel(s->thread); }

// Nobody starts it here.

struct good_not_started {
  pthread_t thread;
};

int good_not_started_mine(const struct good_not_started *s) {
  return pthread_equal(pthread_self(), s->thread);
}

// Given to a function of this file, which joins.

struct good_helper {
  pthread_t thread;
};

static void finish(pthread_t id) { pthread_join(id, NULL); }

void good_helper_start(struct good_helper *s) { pthread_create(&s->thread, NULL, run, s); }
void good_helper_stop(struct good_helper *s) { finish(s->thread); }

// A whole object is copied or given away; the fields are not followed there.

struct good_inner {
  pthread_t thread;
};
struct outer {
  struct good_inner inner;
};

void good_inner_start(struct outer *o) { pthread_create(&o->inner.thread, NULL, run, o); }
void good_inner_stop(struct outer *o) { pthread_join(o->inner.thread, NULL); }

// A local object, whose address the thread gets.

struct bad_local {
  pthread_t worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'worker' is neither joined nor detached anywhere in this file, which alone knows the struct
};

void bad_local_start(void) {
  struct bad_local s;
  if (pthread_create(&s.worker, NULL, run, &s))
    return;
  unknown(NULL);
}

struct good_local {
  pthread_t worker;
};

void good_local_start(void) {
  struct good_local s;
  if (pthread_create(&s.worker, NULL, run, &s))
    return;
  unknown(NULL);
  pthread_join(s.worker, NULL);
}
