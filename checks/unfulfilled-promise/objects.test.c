// Requests and operations that functions complete, or callbacks in them.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct request {
  void (*cb)(struct request *, int status);
  void (*done)(void *arg);
  void *arg;
  struct request *next;
  int state;
  int size;
};
void request_finish(struct request *, int status);
void request_finish_error(struct request *, int error);
int request_begin(struct request *);
const char *request_get_name(const struct request *);
int request_get_size(struct request *);
void queue_append(struct request **list, struct request *);
extern struct request *queue;
bool valid(int);

// By a function.

void bad_too_big(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'req' is not completed on every path; this function returns without having completed it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
  if (id < 0) {
    request_finish_error(req, -1);
    return;
  }
  if (id > 99)
    return;
  if (!valid(id)) {
    request_finish_error(req, -2);
    return;
  }
  request_finish(req, 0);
}

void good_too_big(int id, struct request *req) {
  if (id < 0) {
    request_finish_error(req, -1);
    return;
  }
  if (id > 99) {
    request_finish_error(req, -3);
    return;
  }
  if (!valid(id)) {
    request_finish_error(req, -2);
    return;
  }
  request_finish(req, 0);
}

void good_queued(int id, struct request *req) {
  if (id < 0) {
    request_finish_error(req, -1);
    return;
  }
  if (id > 99) {
    req->next = queue;
    queue = req;
    return;
  }
  if (id > 50) {
    queue_append(&queue, req);
    return;
  }
  request_finish(req, 0);
}

// After it has begun one other way out is enough.

void bad_begun(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'req' is not completed on every path;
  if (request_begin(req) != 0)
    return;
  int size = request_get_size(req);
  if (size > id)
    return;
  request_finish(req, 0);
}

void good_begun(int id, struct request *req) {
  if (request_begin(req) != 0)
    return;
  int size = request_get_size(req);
  if (size > id) {
    request_finish_error(req, -1);
    return;
  }
  request_finish(req, 0);
}

void bad_message_only(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'req' is not completed on every path;
  if (!valid(id)) {
    fprintf(stderr, "%s: no such id\n", request_get_name(req));
    return;
  }
  request_finish(req, 0);
}

// By a callback in it.

void bad_member(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'req' is not completed on every path;
  if (id < 0) {
    req->cb(req, -1);
    return;
  }
  if (!valid(id))
    return;
  if (id == 7) {
    req->cb(req, -7);
    return;
  }
  req->cb(req, 0);
}

void good_member(int id, struct request *req) {
  if (id < 0) {
    req->cb(req, -1);
    return;
  }
  if (!valid(id)) {
    req->cb(req, -2);
    return;
  }
  req->cb(req, 0);
}

void bad_member_argument(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'req' is not completed on every path;
  if (id < 0) {
    req->done(req->arg);
    return;
  }
  if (!valid(id))
    return;
  if (id == 7) {
    req->done(req->arg);
    return;
  }
  queue_append(&queue, req);
}

// It can tell by itself that there is nothing to do.

void good_state(int id, struct request *req) {
  if (id < 0) {
    request_finish_error(req, -1);
    return;
  }
  if (req->state == 3)
    return;
  if (!valid(id)) {
    request_finish_error(req, -2);
    return;
  }
  request_finish(req, 0);
}

void good_null(int id, struct request *req) {
  if (req == NULL)
    return;
  if (!valid(id)) {
    request_finish_error(req, -2);
    return;
  }
  request_finish(req, 0);
}

void good_no_callback(int id, struct request *req) {
  if (!req->cb)
    return;
  if (!valid(id)) {
    req->cb(req, -1);
    return;
  }
  if (id == 7) {
    req->cb(req, -7);
    return;
  }
  req->cb(req, 0);
}

int good_returned(int id, struct request *req) {
  if (!valid(id)) {
    request_finish_error(req, -2);
    return 0;
  }
  if (id == 7)
    return -1;
  request_finish(req, 0);
  return 0;
}

void good_freed(int id, struct request *req) {
  if (id < 0) {
    request_finish_error(req, -2);
    return;
  }
  if (!valid(id)) {
    free(req);
    return;
  }
  request_finish(req, 0);
}

// What only looks at it is no reason.

void good_only_asked(int id, const struct request *req) {
  if (!valid(id))
    return;
  if (id == request_get_size((struct request *)req))
    return;
  printf("%s\n", request_get_name(req));
}

void good_optional_callback(int id, struct request *req) {
  if (req->cb != NULL)
    req->cb(req, 0);
  switch (id) {
  case 1:
    if (valid(id))
      queue_append(&queue, req);
    break;
  default:
    queue_append(&queue, req);
  }
}

// A local pointer that gets its value later is no state of several calls.

struct request *find_request(int id);

void bad_pointer(int id, struct request *req) {
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'req' is not completed on every path;
  struct request *other;
  if (id < 0) {
    request_finish_error(req, -1);
    return;
  }
  other = find_request(id);
  if (!other)
    return;
  if (other->size > 3) {
    request_finish_error(req, -2);
    return;
  }
  request_finish(req, 0);
}

// Other function pointers are no callbacks, and a context is no request.

struct task {
  void (*forward)(struct task *, int);
};

void good_methods(int id, struct task *task) {
  if (id < 0) {
    task->forward(task, -1);
    return;
  }
  if (!valid(id))
    return;
  if (id == 7) {
    task->forward(task, -7);
    return;
  }
  task->forward(task, 0);
}

struct context {
  int size;
};
void context_finish(struct context *);

void good_context(int id, struct context *ctx) {
  if (id < 0) {
    context_finish(ctx);
    return;
  }
  if (!valid(id))
    return;
  if (id == 7) {
    context_finish(ctx);
    return;
  }
  context_finish(ctx);
}
