// A fake: the documented interface of cppcoro's <cppcoro/static_thread_pool.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>
#include <cstdint>

namespace cppcoro {

class static_thread_pool {
public:
  static_thread_pool();
  explicit static_thread_pool(std::uint32_t Threads);
  ~static_thread_pool();
  std::uint32_t thread_count() const noexcept;
  [[nodiscard]] detail::awaiter<void> schedule() noexcept;
};

} // namespace cppcoro
