// A fake: the documented interface of brpc's <bthread/bthread.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/types.h>
#include <ctime>

extern "C" {

int bthread_start_urgent(bthread_t *Id, const bthread_attr_t *Attr, void *(*Work)(void *), void *Args);
int bthread_start_background(bthread_t *Id, const bthread_attr_t *Attr, void *(*Work)(void *), void *Args);
int bthread_interrupt(bthread_t Id, bthread_tag_t Tag = 0);
int bthread_stop(bthread_t Id);
int bthread_stopped(bthread_t Id);
bthread_t bthread_self(void);
int bthread_equal(bthread_t A, bthread_t B);
void bthread_exit(void *Result) __attribute__((__noreturn__));
int bthread_join(bthread_t Id, void **Result);
int bthread_attr_init(bthread_attr_t *Attr);
int bthread_attr_destroy(bthread_attr_t *Attr);
int bthread_yield(void);
int bthread_usleep(std::uint64_t Microseconds);

int bthread_mutex_init(bthread_mutex_t *Mutex, const bthread_mutexattr_t *Attr);
int bthread_mutex_destroy(bthread_mutex_t *Mutex);
int bthread_mutex_trylock(bthread_mutex_t *Mutex);
int bthread_mutex_lock(bthread_mutex_t *Mutex);
int bthread_mutex_timedlock(bthread_mutex_t *Mutex, const struct timespec *Deadline);
int bthread_mutex_unlock(bthread_mutex_t *Mutex);

int bthread_cond_init(bthread_cond_t *Cond, const bthread_condattr_t *Attr);
int bthread_cond_destroy(bthread_cond_t *Cond);
int bthread_cond_signal(bthread_cond_t *Cond);
int bthread_cond_broadcast(bthread_cond_t *Cond);
int bthread_cond_wait(bthread_cond_t *Cond, bthread_mutex_t *Mutex);
int bthread_cond_timedwait(bthread_cond_t *Cond, bthread_mutex_t *Mutex, const struct timespec *Deadline);

int bthread_rwlock_init(bthread_rwlock_t *Lock, const bthread_rwlockattr_t *Attr);
int bthread_rwlock_destroy(bthread_rwlock_t *Lock);
int bthread_rwlock_rdlock(bthread_rwlock_t *Lock);
int bthread_rwlock_tryrdlock(bthread_rwlock_t *Lock);
int bthread_rwlock_timedrdlock(bthread_rwlock_t *Lock, const struct timespec *Deadline);
int bthread_rwlock_wrlock(bthread_rwlock_t *Lock);
int bthread_rwlock_trywrlock(bthread_rwlock_t *Lock);
int bthread_rwlock_timedwrlock(bthread_rwlock_t *Lock, const struct timespec *Deadline);
int bthread_rwlock_unlock(bthread_rwlock_t *Lock);

int bthread_sem_init(bthread_sem_t *Sem, unsigned Value);
int bthread_sem_destroy(bthread_sem_t *Sem);
int bthread_sem_wait(bthread_sem_t *Sem);
int bthread_sem_timedwait(bthread_sem_t *Sem, const struct timespec *Deadline);
int bthread_sem_trywait(bthread_sem_t *Sem);
int bthread_sem_post(bthread_sem_t *Sem);
int bthread_sem_post_n(bthread_sem_t *Sem, std::size_t N);

int bthread_once(bthread_once_t *Control, void (*Init)());
}
