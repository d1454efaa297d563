// A fake: the documented interface of async_simple's <async_simple/coro/Sleep.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>

namespace async_simple::coro {

template <typename Rep, typename Period> Lazy<void> sleep(std::chrono::duration<Rep, Period> Duration);
template <typename Rep, typename Period>
Lazy<void> sleep(Executor *Where, std::chrono::duration<Rep, Period> Duration);

} // namespace async_simple::coro
