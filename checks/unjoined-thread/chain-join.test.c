// Each worker that ends leaves its id and joins the one that ended before it; the
// pool joins the last.
//
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <pthread.h>

struct pool {
  pthread_mutex_t mutex;
  pthread_cond_t empty;
  pthread_t last;
  int any, count;
};
static void leave(void *context) {
  struct pool *p = context;
  pthread_mutex_lock(&p->mutex);
  pthread_t before = p->last;
  int join = p->any;
  p->last = pthread_self();
  p->any = 1;
  if (--p->count == 0)
    pthread_cond_signal(&p->empty);
  pthread_mutex_unlock(&p->mutex);
  if (join)
    pthread_join(before, 0);
  pthread_exit(0);
}
static void *worker(void *arg) {
  struct pool *p = arg;
  leave(p);
  return 0;
}
int grow(struct pool *p) {
  pthread_t tid;
  pthread_mutex_lock(&p->mutex);
  int ret = pthread_create(&tid, 0, worker, p);
  if (ret == 0)
    p->count++;
  pthread_mutex_unlock(&p->mutex);
  return ret;
}
void stop(struct pool *p) {
  pthread_mutex_lock(&p->mutex);
  while (p->count > 0)
    pthread_cond_wait(&p->empty, &p->mutex);
  pthread_mutex_unlock(&p->mutex);
  pthread_join(p->last, 0);
}
