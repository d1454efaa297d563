// POSIX mutexes and semaphores, in C.
//
// RUN: %check_leaks %s leak-unreleased-permit

#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>

struct conn {
  pthread_mutex_t lock;
  pthread_rwlock_t rw;
  pthread_cond_t changed;
  sem_t slots;
  int fd;
  struct conn *next;
};

int prepare(struct conn *);
void conn_unlock_and_free(struct conn *);
void conn_touch(struct conn *);

int bad_goto(struct conn *c) {
  int result = 0;
  pthread_mutex_lock(&c->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c->lock' is not released on every path; it is still held when this function returns, and whoever waits for it waits for ever [leak-unreleased-permit]
  if (c->fd < 0) {
    result = -1;
    goto out;
  }
  pthread_mutex_unlock(&c->lock);
out:
  return result;
}

int good_goto(struct conn *c) {
  int result = 0;
  pthread_mutex_lock(&c->lock);
  if (c->fd < 0) {
    result = -1;
    goto out;
  }
  prepare(c);
out:
  pthread_mutex_unlock(&c->lock);
  return result;
}

int good_fails(struct conn *c) {
  if (pthread_mutex_lock(&c->lock) != 0)
    return -1;
  prepare(c);
  pthread_mutex_unlock(&c->lock);
  return 0;
}

int good_fails_by_variable(struct conn *c) {
  int error = pthread_mutex_lock(&c->lock);
  if (error)
    return error;
  prepare(c);
  pthread_mutex_unlock(&c->lock);
  return 0;
}

int bad_error_return(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c->lock' is not released on every path
  if (prepare(c) < 0) {
    return -1;
  }
  pthread_mutex_unlock(&c->lock);
  return 0;
}

int good_given_away(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  if (prepare(c) < 0) {
    conn_unlock_and_free(c);
    return -1;
  }
  pthread_mutex_unlock(&c->lock);
  return 0;
}

int bad_used_only(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c->lock' is not released on every path
  if (prepare(c) < 0) {
    conn_touch(c);
    return -1;
  }
  pthread_mutex_unlock(&c->lock);
  return 0;
}

void good_wait(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  while (c->fd < 0)
    pthread_cond_wait(&c->changed, &c->lock);
  pthread_mutex_unlock(&c->lock);
}

/// Whether it is left to the caller can't be told from here.
void good_only_exit(struct conn *c) {
  for (;;) {
    pthread_mutex_lock(&c->lock);
    while (c->fd < 0)
      pthread_cond_wait(&c->changed, &c->lock);
    if (c->fd == 0)
      return;
    prepare(c);
    pthread_mutex_unlock(&c->lock);
  }
}

/// Somebody else releases it when the work is done.
int good_pending(struct conn *c, struct conn *all) {
  pthread_mutex_lock(&c->lock);
  if (prepare(c) < 0) {
    all->next = c;
    return -1;
  }
  pthread_mutex_unlock(&c->lock);
  return 0;
}

void fatal_error(const char *text);
#define CHECKED(call)                                                          \
  do {                                                                         \
    if (call)                                                                  \
      fatal_error(#call);                                                      \
  } while (0)

void good_checked(struct conn *c) {
  CHECKED(pthread_mutex_lock(&c->lock));
  prepare(c);
  CHECKED(pthread_mutex_unlock(&c->lock));
}

struct conn *good_list(struct conn *all, int fd) {
  for (struct conn *c = all; c; c = c->next) {
    pthread_mutex_lock(&c->lock);
    if (c->fd == fd)
      return c;
    pthread_mutex_unlock(&c->lock);
  }
  return NULL;
}

void good_hand_over_hand(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  while (c->next) {
    struct conn *next = c->next;
    pthread_mutex_lock(&next->lock);
    pthread_mutex_unlock(&c->lock);
    c = next;
  }
  pthread_mutex_unlock(&c->lock);
}

void good_alias(struct conn *c) {
  pthread_mutex_t *lock = &c->lock;
  pthread_mutex_lock(lock);
  if (prepare(c)) {
    pthread_mutex_unlock(&c->lock);
    return;
  }
  pthread_mutex_unlock(lock);
}

int bad_reader(struct conn *c) {
  pthread_rwlock_rdlock(&c->rw);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c->rw' is not released on every path
  if (c->fd)
    return -1;
  pthread_rwlock_unlock(&c->rw);
  return 0;
}

bool bad_semaphore(struct conn *c) {
  sem_wait(&c->slots);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'c->slots' is not released on every path
  if (prepare(c) < 0)
    return false;
  sem_post(&c->slots);
  return true;
}

bool good_semaphore(struct conn *c) {
  if (sem_trywait(&c->slots))
    return false;
  prepare(c);
  sem_post(&c->slots);
  return true;
}

/// A semaphore that others post: nothing is owed.
void good_signal(struct conn *c) {
  sem_wait(&c->slots);
  if (prepare(c) < 0)
    return;
  conn_touch(c);
}

void good_many_slots(struct conn *c, int n) {
  for (int i = 0; i < n; i++)
    sem_wait(&c->slots);
  for (int i = 0; i < n; i++)
    sem_post(&c->slots);
}

int good_exit(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  if (c->fd < 0)
    abort();
  pthread_mutex_unlock(&c->lock);
  return 0;
}
