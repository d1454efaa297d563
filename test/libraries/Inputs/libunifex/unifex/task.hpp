// A fake: the documented interface of libunifex's <unifex/task.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <coroutine>

namespace unifex {

namespace _task {

template <typename T> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

struct promise_base {
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
  void return_void() noexcept;
};

template <typename T, bool NoThrow> struct _task {
  struct [[nodiscard]] type {
    struct promise_type : promise_base {
      type get_return_object() noexcept;
    };
    type(type &&) noexcept;
    ~type();
    friend awaiter<T> operator co_await(type &&) noexcept { return {}; }
  };
};

} // namespace _task

template <typename T> using task = typename _task::_task<T, false>::type;

} // namespace unifex
