// A fake: the documented interface of stdexec's <stdexec/execution.hpp>, as far as the tests call it. Nothing of it is stdexec's code.
#pragma once
#include <coroutine>
#include <stdexec/stop_token.hpp>

namespace stdexec {

namespace __run_loop {

template <class Derived, class Env> class __basic_run_loop {
public:
  void run() noexcept;
  void finish() noexcept;
  int get_scheduler() noexcept;
};

} // namespace __run_loop

struct env {};
struct run_loop : __run_loop::__basic_run_loop<run_loop, env> {
  run_loop() noexcept;
};

struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume();
};

class counting_scope {
public:
  struct token {};
  counting_scope() noexcept;
  ~counting_scope();
  token get_token() noexcept;
  void close() noexcept;
  void request_stop() noexcept;
  awaiter join() noexcept;
};

class simple_counting_scope {
public:
  struct token {};
  simple_counting_scope() noexcept;
  ~simple_counting_scope();
  token get_token() noexcept;
  void close() noexcept;
  awaiter join() noexcept;
};

} // namespace stdexec
