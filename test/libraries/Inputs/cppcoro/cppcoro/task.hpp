// A fake: the documented interface of cppcoro's <cppcoro/task.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <coroutine>

namespace cppcoro {

template <typename T> class task;

namespace detail {

template <typename T> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

struct task_promise_base {
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
};

template <typename T> struct task_promise : task_promise_base {
  task<T> get_return_object() noexcept;
  void return_value(T);
};

template <> struct task_promise<void> : task_promise_base {
  task<void> get_return_object() noexcept;
  void return_void() noexcept;
};

} // namespace detail

template <typename T = void> class [[nodiscard]] task {
public:
  using promise_type = detail::task_promise<T>;
  task() noexcept;
  task(task &&) noexcept;
  task &operator=(task &&) noexcept;
  ~task();
  bool is_ready() const noexcept;
  detail::awaiter<T> operator co_await() const & noexcept;
  detail::awaiter<T> operator co_await() const && noexcept;
  detail::awaiter<void> when_ready() const noexcept;
};

} // namespace cppcoro
