// select() takes away the time that it has waited.
//
// RUN: %check_leaks %s leak-endless-loop

#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

void handle(int fd);
void tick(void);
void settle(struct timeval *left);

void bad_once(int fd) {
  struct timeval limit;
  limit.tv_sec = 5;
  limit.tv_usec = 0;
  while (1) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    int n = select(fd + 1, &set, NULL, NULL, &limit);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'select' leaves nothing of its time when that is over, and nothing sets it again: from then on it returns at once, and the loop spins [leak-endless-loop]
    if (n < 0)
      break;
    if (n == 0) {
      printf("nothing yet\n");
      continue;
    }
    handle(fd);
  }
}

void bad_init(int fd, int seconds) {
  struct timeval limit = {seconds, 0};
  for (;;) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (select(fd + 1, &set, NULL, NULL, &limit) > 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'select' leaves nothing of its time
      handle(fd);
    tick();
  }
}

// A sleep that sleeps once.
void bad_sleep(void) {
  struct timeval pause = {1, 0};
  while (true) {
    select(0, NULL, NULL, NULL, &pause);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'select' leaves nothing of its time
    tick();
  }
}

// The mend.
void good_each(int fd) {
  while (1) {
    struct timeval limit = {5, 0};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    int n = select(fd + 1, &set, NULL, NULL, &limit);
    if (n < 0)
      break;
    if (n > 0)
      handle(fd);
  }
}

void good_set(int fd) {
  struct timeval limit;
  while (1) {
    limit.tv_sec = 5;
    limit.tv_usec = 0;
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (select(fd + 1, &set, NULL, NULL, &limit) > 0)
      handle(fd);
  }
}

// Set again once it is over.
void good_after(int fd) {
  struct timeval limit = {5, 0};
  while (1) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    int n = select(fd + 1, &set, NULL, NULL, &limit);
    if (n == 0) {
      tick();
      limit.tv_sec = 5;
    } else if (n > 0) {
      handle(fd);
    }
  }
}

// What is left of it, for as long as it takes.
bool good_rest(int fd) {
  struct timeval limit = {5, 0};
  for (;;) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    int n = select(fd + 1, &set, NULL, NULL, &limit);
    if (n < 0 && errno == EINTR)
      continue;
    return n > 0;
  }
}

// It only looks.
void good_looks(int fd) {
  struct timeval none = {0, 0};
  while (1) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (select(fd + 1, &set, NULL, NULL, &none) > 0)
      handle(fd);
  }
}

void good_sleeps(int fd) {
  struct timeval limit = {5, 0};
  while (1) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (select(fd + 1, &set, NULL, NULL, &limit) > 0)
      handle(fd);
    usleep(1000);
  }
}

void good_helper(int fd) {
  struct timeval limit = {5, 0};
  while (1) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    if (select(fd + 1, &set, NULL, NULL, &limit) > 0)
      handle(fd);
    settle(&limit);
  }
}
