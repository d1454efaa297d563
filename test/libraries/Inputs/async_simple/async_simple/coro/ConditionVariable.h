// A fake: the documented interface of async_simple's <async_simple/coro/ConditionVariable.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>

namespace async_simple::coro {

template <class Lock> class ConditionVariable {
public:
  ConditionVariable() noexcept;
  ~ConditionVariable();
  void notify() noexcept;
  void notifyOne() noexcept;
  void notifyAll() noexcept;
  template <class P> Lazy<> wait(Lock &Held, P &&Predicate) noexcept { co_return; }
};

} // namespace async_simple::coro
