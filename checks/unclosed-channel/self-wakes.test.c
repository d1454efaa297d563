// The same in C.
//
// RUN: %check_leaks %s leak-unclosed-channel

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

void work(void);

struct bad {
  int pipe[2];
  volatile bool stop;
  pthread_t thread;
};

static void *bad_run(void *argument) {
  struct bad *b = argument;
  char c;
  while (!b->stop) {
    if (read(b->pipe[0], &c, 1) == 1)
      work();
  }
  return NULL;
}

int bad_start(struct bad *b) {
  b->stop = false;
  if (pipe(b->pipe) != 0)
    return -1;
  return pthread_create(&b->thread, NULL, bad_run, b);
}

void bad_poke(struct bad *b) { write(b->pipe[1], "x", 1); }

void bad_stop(struct bad *b) {
  b->stop = true;
  pthread_join(b->thread, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'thread' is joined, but may read from 'pipe' for ever: nothing is written to it after 'stop' is set [leak-unclosed-channel]
}

struct good {
  int pipe[2];
  volatile bool stop;
  pthread_t thread;
};

static void *good_run(void *argument) {
  struct good *b = argument;
  char c;
  while (!b->stop) {
    if (read(b->pipe[0], &c, 1) == 1)
      work();
  }
  return NULL;
}

int good_start(struct good *b) {
  b->stop = false;
  if (pipe(b->pipe) != 0)
    return -1;
  return pthread_create(&b->thread, NULL, good_run, b);
}

void good_stop(struct good *b) {
  b->stop = true;
  write(b->pipe[1], "x", 1);
  pthread_join(b->thread, NULL);
}
