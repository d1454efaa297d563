// A fake: the documented interface of cppcoro's <cppcoro/async_scope.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>

namespace cppcoro {

class async_scope {
public:
  async_scope() noexcept;
  ~async_scope();
  template <typename Awaitable> void spawn(Awaitable &&Work);
  [[nodiscard]] detail::awaiter<void> join() noexcept;
};

} // namespace cppcoro
