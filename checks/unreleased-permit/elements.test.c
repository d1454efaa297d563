// Locks in the elements of lists and arrays, and locks with numbers.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <pthread.h>
#include <stddef.h>

struct conn {
  pthread_mutex_t lock;
  int enabled, fd;
  struct conn *next;
};

struct set {
  struct conn *conn;
  int n, ready;
};

int receive(int fd);
void disconnected(int fd);

void bad_next_in_array(struct set *s) {
  int i;
  for (i = 0; i < s->n; i++) {
    pthread_mutex_lock(&s->conn[i].lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 's->conn[i].lock' is not released on every path; it is still held when the loop goes on to the next one
    if (receive(s->conn[i].fd) < 0) {
      disconnected(s->conn[i].fd);
      continue;
    }
    pthread_mutex_unlock(&s->conn[i].lock);
  }
}

void good_next_in_array(struct set *s) {
  int i;
  for (i = 0; i < s->n; i++) {
    pthread_mutex_lock(&s->conn[i].lock);
    if (receive(s->conn[i].fd) < 0) {
      disconnected(s->conn[i].fd);
      pthread_mutex_unlock(&s->conn[i].lock);
      continue;
    }
    pthread_mutex_unlock(&s->conn[i].lock);
  }
}

void bad_left_in_array(struct set *s) {
  int i;
  for (i = 0; i < s->n; i++) {
    if (pthread_mutex_trylock(&s->conn[i].lock))
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 's->conn[i].lock' is not released on every path; it is still held when this function returns
      continue;
    if (receive(s->conn[i].fd) < 0) {
      s->ready = -1;
      return;
    }
    pthread_mutex_unlock(&s->conn[i].lock);
  }
}

void bad_next_in_list(struct conn *c) {
  for (; c; c = c->next) {
    pthread_mutex_lock(&c->lock);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'c->lock' is not released on every path; it is still held when the loop goes on to the next one
    if (!c->enabled)
      continue;
    disconnected(c->fd);
    pthread_mutex_unlock(&c->lock);
  }
}

/// The element that is found is given to the caller as it is.
struct conn *good_found(struct conn *c, int fd) {
  for (; c; c = c->next) {
    pthread_mutex_lock(&c->lock);
    if (c->fd == fd)
      return c;
    pthread_mutex_unlock(&c->lock);
  }
  return NULL;
}

/// All are locked, and then all are unlocked.
void good_all(struct conn *first) {
  struct conn *c;
  for (c = first; c; c = c->next)
    pthread_mutex_lock(&c->lock);
  disconnected(0);
  for (c = first; c; c = c->next)
    pthread_mutex_unlock(&c->lock);
}

void good_all_in_array(struct set *s) {
  int i;
  for (i = 0; i < s->n; i++)
    pthread_mutex_lock(&s->conn[i].lock);
  for (i = 0; i < s->n; i++)
    pthread_mutex_unlock(&s->conn[i].lock);
}

/// Hand over hand.
void good_coupling(struct conn *c) {
  pthread_mutex_lock(&c->lock);
  while (c->next) {
    struct conn *after = c->next;
    pthread_mutex_lock(&after->lock);
    pthread_mutex_unlock(&c->lock);
    c = after;
  }
  pthread_mutex_unlock(&c->lock);
}

void good_kept_in_another_variable(struct conn *c) {
  struct conn *last = NULL;
  for (; c; c = c->next) {
    pthread_mutex_lock(&c->lock);
    if (!c->enabled) {
      last = c;
      continue;
    }
    pthread_mutex_unlock(&c->lock);
  }
  if (last)
    pthread_mutex_unlock(&last->lock);
}

/// The elements share their lock.
struct node {
  struct conn *shared;
  struct node *parent;
};

void good_shared(struct node *n) {
  pthread_mutex_lock(&n->shared->lock);
  while (n->parent)
    n = n->parent;
  pthread_mutex_unlock(&n->shared->lock);
}

// One of many, by its number.
void lock_branch(unsigned char b);
void unlock_branch(unsigned char b);

int bad_by_number(const unsigned char *address) {
  lock_branch(address[0]);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'address[0]' is not released on every path
  if (!receive(address[1]))
    return 1;
  unlock_branch(address[0]);
  return 0;
}

int good_by_number(const unsigned char *address) {
  lock_branch(address[0]);
  if (!receive(address[1])) {
    unlock_branch(address[0]);
    return 1;
  }
  unlock_branch(address[0]);
  return 0;
}
