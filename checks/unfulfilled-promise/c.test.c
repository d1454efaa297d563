// The same in C: a function pointer and its argument.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

typedef void (*done_cb)(void *arg, int error);

struct request {
  done_cb cb;
  void *arg;
  struct request *next;
};
struct request *queue;
bool valid(int id);

void bad_no_memory(int id, done_cb cb, void *arg) {
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'cb' is not called on every path; this function returns without having called it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
  if (!valid(id)) {
    cb(arg, -1);
    return;
  }
  struct request *r = malloc(sizeof *r);
  if (r == NULL)
    return;
  r->cb = cb;
  r->arg = arg;
  queue = r;
}

void good_no_memory(int id, done_cb cb, void *arg) {
  if (!valid(id)) {
    cb(arg, -1);
    return;
  }
  struct request *r = malloc(sizeof *r);
  if (r == NULL) {
    (*cb)(arg, -2);
    return;
  }
  r->cb = cb;
  r->arg = arg;
  queue = r;
}

// The usual contract of C: what fails is returned, and the callback not called.

int good_error_code(int id, done_cb cb, void *arg) {
  if (!valid(id))
    return -1;
  struct request *r = malloc(sizeof *r);
  if (r == NULL)
    return -2;
  if (id == 0) {
    cb(arg, 0);
    free(r);
    return 0;
  }
  r->cb = cb;
  r->arg = arg;
  queue = r;
  return 0;
}

int bad_error_code(int id, done_cb cb, void *arg) {
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'cb' is not called on every path;
  if (id < 0) {
    cb(arg, -1);
    return -1;
  }
  if (!valid(id))
    return -1;
  struct request *r = malloc(sizeof *r);
  if (r == NULL) {
    cb(arg, -2);
    return -1;
  }
  r->cb = cb;
  r->arg = arg;
  queue = r;
  return 0;
}

// Not there.

void good_null(int id, done_cb cb, void *arg) {
  if (cb == NULL)
    return;
  if (!valid(id)) {
    cb(arg, -1);
    return;
  }
  cb(arg, 0);
}

void good_if_any(int id, done_cb cb, void *arg) {
  if (!valid(id)) {
    if (cb)
      cb(arg, -1);
    return;
  }
  if (cb && id > 3)
    cb(arg, 3);
  else if (cb)
    cb(arg, 0);
}

void good_on_purpose(int id, done_cb cb, void *arg) {
  if (!valid(id)) {
    cb(arg, -1);
    return;
  }
  if (id == 3) {
    (void)cb;
    return;
  }
  cb(arg, 0);
}

void good_precondition(struct request *r, done_cb cb, void *arg) {
  if (r == NULL)
    return;
  if (!valid(0)) {
    cb(arg, -1);
    return;
  }
  r->cb = cb;
  r->arg = arg;
}

// One of many.

void good_last_one(int error, int *left, done_cb cb, void *arg) {
  if (error) {
    *left = -1;
    cb(arg, error);
    return;
  }
  if (--*left == 0)
    cb(arg, 0);
}

// By a macro.

#define REQUIRE(what)                                                          \
  if (!(what))                                                                 \
  return

void bad_macro(int id, done_cb cb, void *arg) {
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'cb' is not called on every path;
  if (id < 0) {
    cb(arg, -1);
    return;
  }
  REQUIRE(valid(id));
  cb(arg, 0);
}

// A bit that is set where it was missing.

enum { WANT_NAME = 1, WANT_PORT = 2 };
typedef void (*name_callback)(void *arg, int status);
void look_up(name_callback callback, void *arg);

void good_default_bit(int id, unsigned flags, name_callback callback,
                      void *arg) {
  if (id < 0) {
    callback(arg, -1);
    return;
  }
  if (!(flags & WANT_NAME) && !(flags & WANT_PORT))
    flags |= WANT_NAME;
  if ((flags & WANT_PORT) && !(flags & WANT_NAME)) {
    callback(arg, 0);
    return;
  }
  if (flags & WANT_NAME)
    look_up(callback, arg);
}

// What frees the object that it was put into is no example.

void request_free(struct request *r);

int good_freed(int id, done_cb cb, void *arg) {
  struct request *r = malloc(sizeof *r);
  if (r == NULL)
    return -1;
  r->cb = cb;
  r->arg = arg;
  if (!valid(id)) {
    request_free(r);
    return -1;
  }
  r->next = queue;
  queue = r;
  return 0;
}

// Lost with it.

void bad_lost(int id, done_cb cb, void *arg) {
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'cb' is not called on every path;
  if (id < 0) {
    cb(arg, -1);
    return;
  }
  struct request *r = calloc(1, sizeof *r);
  r->cb = cb;
  r->arg = arg;
  if (!valid(id)) {
    free(r);
    return;
  }
  r->next = queue;
  queue = r;
}
