// Waits until a point in time that has passed.
//
// RUN: %check_leaks %s leak-endless-loop

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static bool halted;
static void *first;

// The errors of these functions are above 0.
void *bad_negative(const struct timespec *deadline) {
  pthread_mutex_lock(&lock);
  while (!halted && !first) {
    if (pthread_cond_timedwait(&ready, &lock, deadline) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pthread_cond_timedwait' returns at once when its deadline has passed, and nothing leaves the loop then; it spins until what it waits for comes [leak-endless-loop]
      break;
  }
  void *result = first;
  pthread_mutex_unlock(&lock);
  return result;
}

void *good_negative(const struct timespec *deadline) {
  pthread_mutex_lock(&lock);
  while (!halted && !first) {
    if (pthread_cond_timedwait(&ready, &lock, deadline) != 0)
      break;
  }
  void *result = first;
  pthread_mutex_unlock(&lock);
  return result;
}

void bad_ignored(int seconds) {
  struct timespec deadline;
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += seconds;
  pthread_mutex_lock(&lock);
  while (!first)
    pthread_cond_timedwait(&ready, &lock, &deadline);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pthread_cond_timedwait' returns at once when its deadline has passed, and nothing leaves the loop then; it spins until what it waits for comes [leak-endless-loop]
  pthread_mutex_unlock(&lock);
}

// A new deadline for each turn.
void good_again(int seconds) {
  struct timespec deadline;
  pthread_mutex_lock(&lock);
  while (!first) {
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += seconds;
    pthread_cond_timedwait(&ready, &lock, &deadline);
  }
  pthread_mutex_unlock(&lock);
}

void good_moved(struct timespec deadline) {
  pthread_mutex_lock(&lock);
  while (!first) {
    if (pthread_cond_timedwait(&ready, &lock, &deadline) == ETIMEDOUT)
      deadline.tv_sec++;
  }
  pthread_mutex_unlock(&lock);
}

void good_result(struct timespec deadline) {
  int result = 0;
  pthread_mutex_lock(&lock);
  while (!first && result == 0)
    result = pthread_cond_timedwait(&ready, &lock, &deadline);
  pthread_mutex_unlock(&lock);
}
