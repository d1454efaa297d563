// What the caller, another function or a macro has agreed on.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <pthread.h>
#include <stddef.h>

struct slot {
  pthread_mutex_t lock;
  int level, owner, size;
};

struct slot *table;
int find(struct slot *s, int key);
int me(void);

/// The caller says whether it wants to have the lock.
int good_parameter(struct slot *s, int key, int leave_locked) {
  pthread_mutex_lock(&s->lock);
  if (find(s, key)) {
    pthread_mutex_unlock(&s->lock);
    return 0;
  }
  if (!leave_locked)
    pthread_mutex_unlock(&s->lock);
  return 1;
}

int bad_other_parameter(struct slot *s, int key, int verbose) {
  pthread_mutex_lock(&s->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 's->lock' is not released on every path
  if (find(s, key)) {
    pthread_mutex_unlock(&s->lock);
    return 0;
  }
  if (!verbose)
    pthread_mutex_unlock(&s->lock);
  return 1;
}

/// Recursion by hand.
#define SLOT_LOCK(s)                                                           \
  do {                                                                         \
    if ((s)->owner != me()) {                                                  \
      pthread_mutex_lock(&(s)->lock);                                          \
      (s)->owner = me();                                                       \
    } else                                                                     \
      (s)->level++;                                                            \
  } while (0)
#define SLOT_UNLOCK(s)                                                         \
  do {                                                                         \
    if ((s)->level == 0) {                                                     \
      (s)->owner = 0;                                                          \
      pthread_mutex_unlock(&(s)->lock);                                        \
    } else                                                                     \
      (s)->level--;                                                            \
  } while (0)

int good_counted(struct slot *s, int key) {
  int found;
  SLOT_LOCK(s);
  found = find(s, key);
  SLOT_UNLOCK(s);
  return found;
}

/// The lock that the callee releases is the same by another way.
static int create(int index, int locked) {
  struct slot *own = &table[index];
  if (!locked)
    pthread_mutex_lock(&own->lock);
  own->size++;
  pthread_mutex_unlock(&own->lock);
  return 0;
}

int good_released_in_callee(int index, int key) {
  struct slot *s = &table[index];
  pthread_mutex_lock(&s->lock);
  if (!find(s, key))
    return create(index, 1);
  pthread_mutex_unlock(&s->lock);
  return 0;
}

/// This one takes what it releases.
static int count(int index) {
  struct slot *own = &table[index];
  pthread_mutex_lock(&own->lock);
  own->size++;
  pthread_mutex_unlock(&own->lock);
  return 0;
}

int bad_callee_with_its_own(struct slot *s, int key) {
  pthread_mutex_lock(&s->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 's->lock' is not released on every path
  if (!find(s, key))
    return count(key);
  pthread_mutex_unlock(&s->lock);
  return 0;
}

/// What stands for the time between two calls.
struct module {
  pthread_mutex_t in_use;
  int added;
};
int add(struct module *m);

int good_released_elsewhere(struct module *m) {
  pthread_mutex_lock(&m->in_use);
  if (add(m) < 0) {
    pthread_mutex_unlock(&m->in_use);
    return -1;
  }
  m->added = 1;
  return 1;
}

void removed(struct module *m) {
  m->added = 0;
  pthread_mutex_unlock(&m->in_use);
}

/// But not in the middle of a function that releases at its end.
int bad_early(struct module *m) {
  pthread_mutex_lock(&m->in_use);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm->in_use' is not released on every path
  if (add(m) < 0)
    return -1;
  m->added = 1;
  pthread_mutex_unlock(&m->in_use);
  return 1;
}

/// One report for a release that is followed by several others.
int bad_followed_by_others(struct slot *s, int key) {
  pthread_mutex_lock(&s->lock);
  if (!find(s, key))
    pthread_mutex_unlock(&s->lock);
  if (find(s, key + 1)) {
    pthread_mutex_unlock(&s->lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 's->lock' is released twice on this path
    return 1;
  }
  pthread_mutex_unlock(&s->lock);
  return 0;
}

/// A lock that is there when it was taken.
struct guarded {
  pthread_mutex_t *lock;
};

int good_null(struct guarded *g, struct slot *s, int key) {
  pthread_mutex_t *lock = g->lock;
  pthread_mutex_lock(lock);
  if (!find(s, key))
    goto failed;
  pthread_mutex_unlock(lock);
  return 0;
failed:
  if (lock)
    pthread_mutex_unlock(lock);
  return -1;
}

int bad_null_of_another(struct guarded *g, struct slot *s, int key) {
  pthread_mutex_lock(g->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'g->lock' is not released on every path
  if (!find(s, key))
    goto failed;
  pthread_mutex_unlock(g->lock);
  return 0;
failed:
  if (s)
    pthread_mutex_unlock(g->lock);
  return -1;
}

/// Both ask the same.
int shutting_down(void);

void good_asked_twice(struct slot *s, int n) {
  int i;
  for (i = 0; i < n; i++) {
    if (shutting_down() == 0)
      pthread_mutex_lock(&s->lock);
    s->size++;
    if (shutting_down() == 0)
      pthread_mutex_unlock(&s->lock);
  }
}

void bad_asked_something_else(struct slot *s) {
  if (shutting_down() == 0)
    pthread_mutex_lock(&s->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 's->lock' is not released on every path
  s->size++;
  if (me() == 0)
    pthread_mutex_unlock(&s->lock);
}
