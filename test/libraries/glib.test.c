// GLib from C: types are looked up by their typedefs there.
//
// REQUIRES: package-libglibmm-2.4-dev
// RUN: %check_roles %s -std=gnu17 -- %glib
// clang-format off

#include <glib.h>

gpointer work(gpointer data);
gboolean tick(gpointer data);
int ready(void);

void good_thread(void) {
  GThread *worker = g_thread_new("worker", work, NULL); // ROLE: g_thread_new start
  g_thread_join(worker); // ROLE: g_thread_join join
}

void bad_thread(void) {
  GThread *worker = g_thread_new("worker", work, NULL); // ROLE: g_thread_new start
  if (ready())
    g_thread_unref(worker); // ROLE: g_thread_unref detach
}

struct queue {
  GMutex mutex;
  GCond filled;
  GQueue items;
};

gpointer good_take(struct queue *q) {
  g_mutex_lock(&q->mutex); // ROLE: g_mutex_lock acquire
  while (g_queue_is_empty(&q->items))
    g_cond_wait(&q->filled, &q->mutex); // ROLE: g_cond_wait wait
  gpointer item = g_queue_pop_head(&q->items);
  g_mutex_unlock(&q->mutex); // ROLE: g_mutex_unlock release
  return item;
}

gpointer bad_take(struct queue *q) {
  g_mutex_lock(&q->mutex); // ROLE: g_mutex_lock acquire
  g_cond_wait(&q->filled, &q->mutex); // ROLE: g_cond_wait wait
  return g_queue_pop_head(&q->items);
}

void good_timeout(GMainLoop *loop) {
  guint tag = g_timeout_add(100, tick, NULL); // ROLE: g_timeout_add arm
  g_main_loop_run(loop); // ROLE: g_main_loop_run wait
  g_source_remove(tag); // ROLE: g_source_remove disarm
}

void bad_timeout(void) {
  g_timeout_add(100, tick, NULL); // ROLE: g_timeout_add arm
}
