// Objects that are freed while their thread runs on.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

void work(void *);
void log_free(const char *);

// A wrapper that isn't in sight.
struct wrapped {
  pthread_t id;
};
int wrapThread_create(struct wrapped *thread, void *attributes,
                      void *(*function)(void *), void *data);
int wrapThread_join(struct wrapped thread, void **result);

struct poller {
  bool running;
  struct wrapped thread;
  char *url;
};

static void *poller_run(void *data) {
  struct poller *self = data;
  while (self->running)
    work(self);
  return NULL;
}

int poller_create(struct poller **made) {
  *made = calloc(1, sizeof(**made));
  if (!*made)
    return -1;
  (*made)->running = true;
  return wrapThread_create(&(*made)->thread, NULL, poller_run, *made);
}

void bad_destroy(struct poller *self) {
  free(self->url);
  free(self);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'self' is freed while the thread that 'poller_create' has started on it runs on: nobody clears 'running', until which it loops, nor joins 'thread'
}

// With a library that is known; the loop has no end.
struct ticker {
  pthread_t thread;
  int ticks;
};

static void *ticker_run(void *data) {
  struct ticker *self = (struct ticker *)data;
  for (;;) {
    work(self);
    ++self->ticks;
  }
}

struct ticker *ticker_new(void) {
  struct ticker *self = malloc(sizeof(*self));
  if (pthread_create(&self->thread, NULL, ticker_run, self)) {
    free(self);
    return NULL;
  }
  return self;
}

void bad_ticker_free(void *data) {
  struct ticker *self = data;
  free(self);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'self' is freed while the thread that 'ticker_new' has started on it runs on: nobody asks it to stop or joins 'thread'
}

// Cleared and joined.
struct good {
  bool running;
  struct wrapped thread;
};
static void *good_run(void *data) {
  struct good *self = data;
  while (self->running)
    work(self);
  return NULL;
}
void good_create(struct good *self) {
  self->running = true;
  wrapThread_create(&self->thread, NULL, good_run, self);
}
void good_destroy(struct good *self) {
  self->running = false;
  wrapThread_join(self->thread, NULL);
  free(self);
}

// Stopped by another function.
struct stopped {
  bool running;
  struct wrapped thread;
};
static void *stopped_run(void *data) {
  struct stopped *self = data;
  while (self->running)
    work(self);
  return NULL;
}
void stopped_create(struct stopped *self) {
  self->running = true;
  wrapThread_create(&self->thread, NULL, stopped_run, self);
}
void stopped_stop(struct stopped *self) { self->running = false; }
void good_stopped_free(struct stopped *self) { free(self); }

// Or by one that isn't in sight.
struct handed {
  bool running;
  struct wrapped thread;
};
void handed_stop(struct handed *);
static void *handed_run(void *data) {
  struct handed *self = data;
  while (self->running)
    work(self);
  return NULL;
}
void handed_create(struct handed *self) {
  self->running = true;
  wrapThread_create(&self->thread, NULL, handed_run, self);
}
void good_handed_free(struct handed *self) {
  handed_stop(self);
  free(self);
}

// The thread frees it itself.
struct own {
  bool running;
  struct wrapped thread;
};
static void own_free(struct own *self) { free(self); }
static void *own_run(void *data) {
  struct own *self = data;
  while (self->running)
    work(self);
  own_free(self);
  return NULL;
}
void own_create(struct own *self) {
  self->running = true;
  wrapThread_create(&self->thread, NULL, own_run, self);
}

// It ends otherwise.
struct ending {
  bool running;
  struct wrapped thread;
};
int more(struct ending *);
static void *ending_run(void *data) {
  struct ending *self = data;
  while (self->running && more(self))
    work(self);
  return NULL;
}
void ending_create(struct ending *self) {
  self->running = true;
  wrapThread_create(&self->thread, NULL, ending_run, self);
}
void good_ending_free(struct ending *self) { free(self); }
