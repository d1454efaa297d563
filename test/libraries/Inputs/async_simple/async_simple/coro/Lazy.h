// A fake: the documented interface of async_simple's <async_simple/coro/Lazy.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>
#include <coroutine>

namespace async_simple::coro {

template <typename T> class Lazy;
template <typename T> class RescheduleLazy;

namespace detail {

template <typename T> struct Awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

struct LazyPromiseBase {
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};

template <typename T> struct LazyPromise : LazyPromiseBase {
  Lazy<T> get_return_object() noexcept;
  void return_value(T);
};

template <> struct LazyPromise<void> : LazyPromiseBase {
  Lazy<void> get_return_object() noexcept;
  void return_void() noexcept;
};

template <typename T, bool Reschedule> class LazyBase {
public:
  using promise_type = LazyPromise<T>;
  LazyBase(LazyBase &&) noexcept;
  ~LazyBase();
  Executor *getExecutor();
  template <typename F> void start(F &&Callback) {}
  bool isReady() const;
  Awaiter<T> operator co_await();
  Awaiter<T> coAwaitTry();
};

} // namespace detail

template <typename T = void> class [[nodiscard]] Lazy : public detail::LazyBase<T, false> {
public:
  using detail::LazyBase<T, false>::LazyBase;
  RescheduleLazy<T> via(Executor *Where) &&;
  Lazy<T> setEx(Executor *Where) &&;
  template <typename F> void directlyStart(F &&Callback, Executor *Where) {}
};

template <typename T = void> class [[nodiscard]] RescheduleLazy : public detail::LazyBase<T, true> {
public:
  using detail::LazyBase<T, true>::LazyBase;
  void detach();
};

} // namespace async_simple::coro
