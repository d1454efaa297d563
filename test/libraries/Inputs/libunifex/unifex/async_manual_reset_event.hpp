// A fake: the documented interface of libunifex's <unifex/async_manual_reset_event.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <unifex/task.hpp>

namespace unifex {
inline namespace v1 {
namespace _amre {

struct async_manual_reset_event {
  async_manual_reset_event() noexcept;
  explicit async_manual_reset_event(bool StartSignalled) noexcept;
  void set() noexcept;
  bool ready() const noexcept;
  void reset() noexcept;
  [[nodiscard]] _task::awaiter<void> async_wait() noexcept;
};

} // namespace _amre

using _amre::async_manual_reset_event;

} // namespace v1
} // namespace unifex
