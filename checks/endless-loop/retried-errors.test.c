// RUN: %check_leaks %s leak-endless-loop

// What is tried until it succeeds, and tells only one of its errors apart.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

unsigned fallback(void);
void make_room(void);

//===----------------------------------------------------------------------===//
// All errors go round.

void a_break_that_only_leaves_the_switch(void) {
  unsigned seed;
  ssize_t n;
  while ((n = getrandom(&seed, sizeof(seed), GRND_NONBLOCK)) != sizeof(seed)) {
    switch (errno) {
      // CHECK-NOTES: :[[@LINE-1]]:13: warning: 'getrandom' is tried again after every error, not only after the one that is told apart here; when it goes on failing, the loop spins for ever
      // CHECK-NOTES: :[[@LINE-3]]:3: note: this is the loop
    case EINTR:
      continue;
    default:
      seed = fallback();
      break;
      // CHECK-NOTES: :[[@LINE-1]]:7: note: this 'break' only leaves the switch
    }
  }
  srand(seed);
}

void grows_for_one_error(const char *name) {
  struct group group, *found = NULL;
  int size = 1024;
  char *room = malloc(size);
  while (found == NULL) {
    errno = 0;
    getgrnam_r(name, &group, room, size, &found);
    if (found == NULL && errno == ERANGE) {
      // CHECK-NOTES: :[[@LINE-1]]:32: warning: 'getgrnam_r' is tried again after every error, not
      // CHECK-NOTES: :[[@LINE-5]]:3: note: this is the loop
      size *= 2;
      room = realloc(room, size);
    }
  }
  free(room);
}

void logs_and_goes_round(const char *path) {
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'mkdir' is tried again after every error, not
      // CHECK-NOTES: :[[@LINE-3]]:3: note: this is the loop
      continue;
    perror("mkdir");
  }
}

ssize_t pauses_for_one_error(int fd, char *bytes, size_t size) {
  ssize_t n;
  do {
    n = read(fd, bytes, size);
    if (n < 0 && errno == EAGAIN)
      // CHECK-NOTES: :[[@LINE-1]]:24: warning: 'read' is tried again after every error, not
      // CHECK-NOTES: :[[@LINE-4]]:3: note: this is the loop
      usleep(1000);
  } while (n < 0);
  return n;
}

int by_a_copy_of_errno(const char *path) {
  int fd;
  while ((fd = open(path, O_RDONLY)) == -1) {
    int error = errno;
    if (error != EMFILE)
      // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'open' is tried again after every error, not
      // CHECK-NOTES: :[[@LINE-4]]:3: note: this is the loop
      continue;
    make_room();
  }
  return fd;
}
