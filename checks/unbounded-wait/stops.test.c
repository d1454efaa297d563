// Structs of C.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <pthread.h>
#include <stdbool.h>

struct queue {
  pthread_mutex_t lock;
  pthread_cond_t ready;
  int size;
  bool stop;
};

void bad_run(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  while (!q->stop) {
    while (q->size == 0)
      pthread_cond_wait(&q->ready, &q->lock);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this wait on 'ready' doesn't test 'stop', which 'queue_stop' sets before it notifies; it wakes up, and waits again for ever [leak-unbounded-wait]
    q->size--;
  }
  pthread_mutex_unlock(&q->lock);
}

void good_run(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  while (!q->stop) {
    while (q->size == 0 && !q->stop)
      pthread_cond_wait(&q->ready, &q->lock);
    if (q->size)
      q->size--;
  }
  pthread_mutex_unlock(&q->lock);
}

void queue_put(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  q->size++;
  pthread_cond_signal(&q->ready);
  pthread_mutex_unlock(&q->lock);
}

void queue_stop(struct queue *q) {
  pthread_mutex_lock(&q->lock);
  q->stop = true;
  pthread_cond_broadcast(&q->ready);
  pthread_mutex_unlock(&q->lock);
}
