// A fake: the documented interface of async_simple's <async_simple/uthread/Await.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Future.h>

namespace async_simple::uthread {

template <typename T> T await(Future<T> &&Result);

} // namespace async_simple::uthread
