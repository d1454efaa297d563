// A fake: the documented interface of cppcoro's <cppcoro/async_latch.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>
#include <cstddef>

namespace cppcoro {

class async_latch {
public:
  async_latch(std::ptrdiff_t Count) noexcept;
  bool is_ready() const noexcept;
  void count_down(std::ptrdiff_t N = 1) noexcept;
  detail::awaiter<void> operator co_await() const noexcept;
};

} // namespace cppcoro
