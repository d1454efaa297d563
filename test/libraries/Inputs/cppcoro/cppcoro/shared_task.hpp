// A fake: the documented interface of cppcoro's <cppcoro/shared_task.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>

namespace cppcoro {

template <typename T = void> class [[nodiscard]] shared_task {
public:
  shared_task() noexcept;
  shared_task(const shared_task &) noexcept;
  shared_task &operator=(const shared_task &) noexcept;
  ~shared_task();
  bool is_ready() const noexcept;
  detail::awaiter<T> operator co_await() const noexcept;
};

} // namespace cppcoro
