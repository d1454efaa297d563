// A fake: the documented interface of folly's <folly/coro/Task.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/futures/Future.h>
#include <coroutine>

namespace folly {
namespace coro {

template <typename T> class Task;

namespace detail {

struct TaskPromiseBase {
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};

template <typename T> struct TaskPromise : TaskPromiseBase {
  Task<T> get_return_object() noexcept;
  void return_value(T);
};

template <> struct TaskPromise<void> : TaskPromiseBase {
  Task<void> get_return_object() noexcept;
  void return_void() noexcept;
};

template <typename T> struct TaskAwaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

} // namespace detail

template <typename T> class [[nodiscard]] TaskWithExecutor {
public:
  TaskWithExecutor(TaskWithExecutor &&) noexcept;
  ~TaskWithExecutor();
  Executor *executor() const noexcept;
  SemiFuture<Unit> start() &&;
  template <typename F> void start(F &&Callback) && {}
  SemiFuture<Unit> startInlineUnsafe() &&;
  detail::TaskAwaiter<T> operator co_await() && noexcept;
};

template <typename T> class [[nodiscard]] Task {
public:
  using promise_type = detail::TaskPromise<T>;
  Task(Task &&) noexcept;
  ~Task();
  Task &operator=(Task) noexcept;
  void swap(Task &Other) noexcept;
  TaskWithExecutor<T> scheduleOn(Executor::KeepAlive<> Where) && noexcept;
  SemiFuture<Unit> semi() &&;
  // In folly by await_transform().
  friend detail::TaskAwaiter<T> operator co_await(Task &&) noexcept { return {}; }
};

} // namespace coro
} // namespace folly
