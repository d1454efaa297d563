// A fake: the documented interface of libunifex's <unifex/async_mutex.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <unifex/task.hpp>

namespace unifex {
inline namespace v1 {

class async_mutex {
public:
  async_mutex() noexcept;
  ~async_mutex();
  [[nodiscard]] bool try_lock() noexcept;
  [[nodiscard]] _task::awaiter<void> async_lock() noexcept;
  void unlock() noexcept;
};

} // namespace v1
} // namespace unifex
