// A fake: the documented interface of libunifex's <unifex/async_scope.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <unifex/inplace_stop_token.hpp>
#include <unifex/task.hpp>

namespace unifex {
inline namespace v1 {
namespace _async_scope {

struct async_scope {
  async_scope() noexcept;
  ~async_scope();
  template <typename Sender> int spawn(Sender &&Work) { return 0; }
  template <typename Sender, typename Scheduler> int spawn_on(Scheduler &&Where, Sender &&Work) { return 0; }
  template <typename Scheduler, typename F> int spawn_call_on(Scheduler &&Where, F &&Work) { return 0; }
  template <typename Sender> int detached_spawn(Sender &&Work) { return 0; }
  template <typename Sender> [[nodiscard]] int attach(Sender &&Work) { return 0; }
  [[nodiscard]] _task::awaiter<void> complete() noexcept;
  [[nodiscard]] _task::awaiter<void> cleanup() noexcept;
  inplace_stop_token get_stop_token() noexcept;
  void request_stop() noexcept;
};

} // namespace _async_scope

using _async_scope::async_scope;

} // namespace v1
} // namespace unifex
