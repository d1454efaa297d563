// A stand-in for the header of APR-util, written from its documented interface:
// https://apr.apache.org/docs/apr-util/1.6/group___a_p_r___util___t_p.html
#ifndef FAKE_APR_THREAD_POOL_H
#define FAKE_APR_THREAD_POOL_H

#include <apr_thread_proc.h>
#include <apr_time.h>

// From apu.h; the declarations of the library are known by it.
#ifndef APU_DECLARE
#define APU_DECLARE(type) type
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apr_thread_pool apr_thread_pool_t;

APU_DECLARE(apr_status_t) apr_thread_pool_create(apr_thread_pool_t **made,
                                    apr_size_t first_threads,
                                    apr_size_t most_threads, apr_pool_t *pool);
APU_DECLARE(apr_status_t) apr_thread_pool_destroy(apr_thread_pool_t *pool);
APU_DECLARE(apr_status_t) apr_thread_pool_push(apr_thread_pool_t *pool,
                                  apr_thread_start_t function, void *argument,
                                  apr_byte_t priority, void *owner);
APU_DECLARE(apr_status_t) apr_thread_pool_top(apr_thread_pool_t *pool,
                                 apr_thread_start_t function, void *argument,
                                 apr_byte_t priority, void *owner);
APU_DECLARE(apr_status_t) apr_thread_pool_schedule(apr_thread_pool_t *pool,
                                      apr_thread_start_t function,
                                      void *argument, apr_interval_time_t time,
                                      void *owner);
APU_DECLARE(apr_status_t) apr_thread_pool_tasks_cancel(apr_thread_pool_t *pool, void *owner);
apr_size_t apr_thread_pool_tasks_count(apr_thread_pool_t *pool);
apr_size_t apr_thread_pool_scheduled_tasks_count(apr_thread_pool_t *pool);
apr_size_t apr_thread_pool_threads_count(apr_thread_pool_t *pool);
apr_size_t apr_thread_pool_busy_count(apr_thread_pool_t *pool);
apr_size_t apr_thread_pool_idle_count(apr_thread_pool_t *pool);
apr_size_t apr_thread_pool_idle_max_set(apr_thread_pool_t *pool,
                                        apr_size_t count);
apr_size_t apr_thread_pool_thread_max_set(apr_thread_pool_t *pool,
                                          apr_size_t count);
apr_interval_time_t apr_thread_pool_idle_wait_set(apr_thread_pool_t *pool,
                                                  apr_interval_time_t time);
apr_size_t apr_thread_pool_threshold_set(apr_thread_pool_t *pool,
                                         apr_size_t count);

#ifdef __cplusplus
}
#endif

#endif
