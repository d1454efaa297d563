// The thread drains a queue, and ends when it is empty and told to stop. It is
// told after the join.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=gnu11

#include <pthread.h>
#include <stddef.h>

struct item {
  struct item *next;
};
void use(struct item *);

//===--- Told too late ----------------------------------------------------===//

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static struct item *head, *tail;
static int shut;
static pthread_t thread;

static void *run(void *arg) {
  while (1) {
    pthread_mutex_lock(&lock);
    while (head == NULL && shut == 0)
      pthread_cond_wait(&cond, &lock);
    if (head == NULL) {
      pthread_mutex_unlock(&lock);
      break;
    }
    struct item *it = head;
    if (head == tail)
      head = tail = NULL;
    else
      head = head->next;
    pthread_mutex_unlock(&lock);
    use(it);
  }
  return NULL;
}

void start(void) { pthread_create(&thread, NULL, run, NULL); }

void bad_stop(void) {
  if (thread != 0)
    pthread_join(thread, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined before 'shut' is set, until which it runs; this join never returns [leak-join-without-stop]
  pthread_mutex_lock(&lock);
  shut = 1;
  pthread_cond_signal(&cond);
  pthread_mutex_unlock(&lock);
}

//===--- In time ----------------------------------------------------------===//

static pthread_mutex_t lock2 = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond2 = PTHREAD_COND_INITIALIZER;
static struct item *head2;
static int shut2;
static pthread_t thread2;

static void *run2(void *arg) {
  while (1) {
    pthread_mutex_lock(&lock2);
    while (head2 == NULL && shut2 == 0)
      pthread_cond_wait(&cond2, &lock2);
    if (head2 == NULL) {
      pthread_mutex_unlock(&lock2);
      break;
    }
    struct item *it = head2;
    head2 = head2->next;
    pthread_mutex_unlock(&lock2);
    use(it);
  }
  return NULL;
}

void start2(void) { pthread_create(&thread2, NULL, run2, NULL); }

void good_stop(void) {
  pthread_mutex_lock(&lock2);
  shut2 = 1;
  pthread_cond_signal(&cond2);
  pthread_mutex_unlock(&lock2);
  pthread_join(thread2, NULL);
}

//===--- An item ends it --------------------------------------------------===//

static pthread_mutex_t lock3 = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond3 = PTHREAD_COND_INITIALIZER;
static struct item *head3;
static struct item last;
static int shut3;
static pthread_t thread3;

static void *run3(void *arg) {
  while (1) {
    pthread_mutex_lock(&lock3);
    while (head3 == NULL && shut3 == 0)
      pthread_cond_wait(&cond3, &lock3);
    struct item *it = head3;
    if (it == NULL || it == &last) {
      pthread_mutex_unlock(&lock3);
      break;
    }
    head3 = head3->next;
    pthread_mutex_unlock(&lock3);
    use(it);
  }
  return NULL;
}

void start3(void) { pthread_create(&thread3, NULL, run3, NULL); }

void good_item(void) {
  pthread_mutex_lock(&lock3);
  head3 = &last;
  pthread_cond_signal(&cond3);
  pthread_mutex_unlock(&lock3);
  pthread_join(thread3, NULL);
  shut3 = 1;
  pthread_cond_broadcast(&cond3);
}

//===--- For another thread -----------------------------------------------===//

static pthread_mutex_t lock4 = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond4 = PTHREAD_COND_INITIALIZER;
static struct item *head4;
static int shut4, over4;
static pthread_t thread4;

static void *run4(void *arg) {
  while (1) {
    pthread_mutex_lock(&lock4);
    while (head4 == NULL && shut4 == 0)
      pthread_cond_wait(&cond4, &lock4);
    if (head4 == NULL) {
      pthread_mutex_unlock(&lock4);
      break;
    }
    head4 = head4->next;
    pthread_mutex_unlock(&lock4);
  }
  return NULL;
}

void start4(void) { pthread_create(&thread4, NULL, run4, NULL); }

void wait_over(void) {
  pthread_mutex_lock(&lock4);
  while (!shut4)
    pthread_cond_wait(&cond4, &lock4);
  pthread_mutex_unlock(&lock4);
}

void stop4(void) {
  pthread_mutex_lock(&lock4);
  shut4 = 1;
  pthread_cond_broadcast(&cond4);
  pthread_mutex_unlock(&lock4);
  pthread_join(thread4, NULL);
  pthread_mutex_lock(&lock4);
  shut4 = 1;
  pthread_cond_broadcast(&cond4);
  pthread_mutex_unlock(&lock4);
}
