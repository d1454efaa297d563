// A library's header, as far as the test needs it.
#ifndef LOOP_LOCK_H
#define LOOP_LOCK_H

#include <stddef.h>

struct main_loop;
void main_loop_lock(struct main_loop *loop);
void main_loop_unlock(struct main_loop *loop);
int main_loop_start(struct main_loop *loop);
void main_loop_finish(struct main_loop *loop);

int pages_lock(void *memory, size_t size);
int pages_unlock(void *memory, size_t size);

struct rw;
void rw_write_lock(struct rw *lock, unsigned thread);
void rw_write_unlock(struct rw *lock);

#endif
