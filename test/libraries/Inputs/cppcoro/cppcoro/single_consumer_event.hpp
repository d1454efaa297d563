// A fake: the documented interface of cppcoro's <cppcoro/single_consumer_event.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>

namespace cppcoro {

class single_consumer_event {
public:
  single_consumer_event(bool InitiallySet = false) noexcept;
  bool is_set() const noexcept;
  void set() noexcept;
  void reset() noexcept;
  detail::awaiter<void> operator co_await() const noexcept;
};

} // namespace cppcoro
