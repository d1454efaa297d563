// A fake: the documented interface of async_simple's <async_simple/coro/SyncAwait.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>

namespace async_simple::coro {

template <typename L> auto syncAwait(L &&Work) { return 0; }
template <typename L> auto syncAwait(L &&Work, Executor *Where) { return 0; }

} // namespace async_simple::coro
