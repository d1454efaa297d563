// A fake: the documented interface of async_simple's <async_simple/uthread/Async.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>

namespace async_simple::uthread {

enum class Launch { Prompt, Schedule, Current };

template <Launch Policy, typename F> void async(F &&Work, Executor *Where) {}

} // namespace async_simple::uthread
