// A fake: the documented interface of brpc's <bthread/unstable.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/types.h>
#include <ctime>

struct sockaddr;

extern "C" {

void bthread_flush();
int bthread_timer_add(bthread_timer_t *Id, struct timespec Deadline, void (*OnTimer)(void *), void *Arg);
int bthread_timer_del(bthread_timer_t Id);
int bthread_fd_wait(int Fd, unsigned Events);
int bthread_fd_timedwait(int Fd, unsigned Events, const struct timespec *Deadline);
int bthread_connect(int Fd, const struct sockaddr *Address, unsigned Length);
int bthread_timed_connect(int Fd, const struct sockaddr *Address, unsigned Length, const timespec *Deadline);
}
