// RUN: %check_leaks %s leak-endless-loop --silent

// What is tried again, and ends when it goes on failing; or isn't asked at once.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

unsigned fallback(void);
void make_room(void);
int next_path(char *path);

void leaves_the_loop(void) {
  unsigned seed;
  while (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed)) {
    switch (errno) {
    case EINTR:
      continue;
    default:
      seed = fallback();
      goto done;
    }
  }
done:
  srand(seed);
}

int returns(const char *path) {
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      continue;
    return -1;
  }
  return 0;
}

void breaks(const char *path) {
  while (mkdir(path, 0700) < 0)
    if (errno != EINTR)
      break;
}

int asks_in_the_condition(int fd, char *bytes, size_t size) {
  ssize_t n;
  do
    n = read(fd, bytes, size);
  while (n < 0 && errno == EINTR);
  return n;
}

void by_another_term(const char *name) {
  struct group group, *found = NULL;
  int size = 1024, error;
  char *room = NULL;
  do {
    size *= 2;
    room = realloc(room, size);
    error = getgrnam_r(name, &group, room, size, &found);
  } while (found == NULL && error == ERANGE);
  free(room);
}

void a_bound(const char *path) {
  int tries = 0;
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      continue;
    if (++tries == 5)
      break;
  }
}

// Not at once: it may be there some day.
void waits(const char *path) {
  while (open(path, O_RDONLY) < 0) {
    if (errno == EINTR)
      continue;
    sleep(1);
  }
}

// Somebody mends it.
void mends(const char *path) {
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      continue;
    make_room();
  }
}

// It tries another one.
void another_one(char *path) {
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      continue;
    path[0]++;
  }
}

void the_next_one(char *path) {
  while (mkdir(path, 0700) < 0) {
    if (errno == EINTR)
      continue;
    next_path(path);
  }
}

// What waits has no other errors.
void waits_for_others(sem_t *sem, struct timespec time) {
  while (sem_wait(sem) == -1)
    if (errno != EINTR)
      perror("sem_wait");
  while (nanosleep(&time, &time) == -1)
    if (errno != EINTR)
      perror("nanosleep");
}

// It goes on while it succeeds.
void drains(int fd) {
  char bytes[64];
  ssize_t n;
  while ((n = read(fd, bytes, sizeof(bytes))) > 0)
    if (errno == EAGAIN)
      puts("slow");
}
