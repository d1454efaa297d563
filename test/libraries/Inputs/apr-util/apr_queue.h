// A stand-in for the header of APR-util, written from its documented interface:
// https://apr.apache.org/docs/apr-util/1.6/group___a_p_r___util___f_i_f_o.html
#ifndef FAKE_APR_QUEUE_H
#define FAKE_APR_QUEUE_H

#include <apr_errno.h>
#include <apr_pools.h>

// From apu.h; the declarations of the library are known by it.
#ifndef APU_DECLARE
#define APU_DECLARE(type) type
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct apr_queue_t apr_queue_t;

APU_DECLARE(apr_status_t) apr_queue_create(apr_queue_t **queue, unsigned int capacity,
                              apr_pool_t *pool);
APU_DECLARE(apr_status_t) apr_queue_push(apr_queue_t *queue, void *data);
APU_DECLARE(apr_status_t) apr_queue_pop(apr_queue_t *queue, void **data);
APU_DECLARE(apr_status_t) apr_queue_trypush(apr_queue_t *queue, void *data);
APU_DECLARE(apr_status_t) apr_queue_trypop(apr_queue_t *queue, void **data);
unsigned int apr_queue_size(apr_queue_t *queue);
APU_DECLARE(apr_status_t) apr_queue_interrupt_all(apr_queue_t *queue);
APU_DECLARE(apr_status_t) apr_queue_term(apr_queue_t *queue);

#ifdef __cplusplus
}
#endif

#endif
