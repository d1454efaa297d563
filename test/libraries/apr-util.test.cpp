// APR-util: its headers are written from the documented interface, those of APR are the real ones.
//
// REQUIRES: package-libapr1-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/apr-util.yaml --also='-x c -std=gnu17' \
// RUN:   -- -x c++ -std=c++17 %apr -isystem %libraries/apr-util
// RUN: %check_roles %s -std=c++17 -- %apr -isystem %libraries/apr-util
// clang-format off

#include <apr_queue.h>
#include <apr_thread_pool.h>

void *APR_THREAD_FUNC work(apr_thread_t *Self, void *Data);
bool ready();

void goodQueue(apr_queue_t *Queue) {
  void *Item = nullptr;
  apr_queue_push(Queue, Item); // ROLE: apr_queue_push send
  if (!apr_queue_trypush(Queue, Item)) // ROLE: apr_queue_trypush try-send
    apr_queue_trypop(Queue, &Item); // ROLE: apr_queue_trypop try-receive
  while (!apr_queue_pop(Queue, &Item)) // ROLE: apr_queue_pop receive
    ;
}

void endQueue(apr_queue_t *Queue) {
  apr_queue_interrupt_all(Queue); // ROLE: apr_queue_interrupt_all notify-all
  apr_queue_term(Queue); // ROLE: apr_queue_term close
}

// Nobody ever sends.
void badQueue(apr_pool_t *Pool) {
  apr_queue_t *Queue;
  void *Item;
  if (apr_queue_create(&Queue, 8, Pool) == APR_SUCCESS)
    apr_queue_pop(Queue, &Item); // ROLE: apr_queue_pop receive
}

void goodPool(apr_pool_t *Memory, int *Owner) {
  apr_thread_pool_t *Pool;
  if (apr_thread_pool_create(&Pool, 1, 4, Memory))
    return;
  apr_thread_pool_push(Pool, work, nullptr, 0, Owner); // ROLE: apr_thread_pool_push start
  apr_thread_pool_schedule(Pool, work, nullptr, 1000, Owner); // ROLE: apr_thread_pool_schedule arm
  apr_thread_pool_tasks_cancel(Pool, Owner); // ROLE: apr_thread_pool_tasks_cancel join
  apr_thread_pool_destroy(Pool); // ROLE: apr_thread_pool_destroy join
}

// The task may still run when the local is gone.
void badPool(apr_thread_pool_t *Pool) {
  int Local = 0;
  apr_thread_pool_top(Pool, work, &Local, 0, nullptr); // ROLE: apr_thread_pool_top start
}
