// A fake: the documented interface of brpc's <bthread/butex.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/types.h>
#include <ctime>

namespace bthread {

void *butex_create();
void butex_destroy(void *Butex);
int butex_wake(void *Butex, bool NoSignal = false);
int butex_wake_n(void *Butex, std::size_t N, bool NoSignal = false);
int butex_wake_all(void *Butex, bool NoSignal = false);
int butex_wait(void *Butex, int Expected, const timespec *Deadline, bool Prepend = false);

} // namespace bthread
