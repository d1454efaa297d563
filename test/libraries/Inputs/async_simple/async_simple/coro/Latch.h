// A fake: the documented interface of async_simple's <async_simple/coro/Latch.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>

namespace async_simple::coro {

class Latch {
public:
  explicit Latch(std::size_t Count);
  ~Latch();
  Lazy<void> count_down(std::size_t N = 1);
  Lazy<bool> try_wait() const noexcept;
  Lazy<void> wait() const noexcept;
  Lazy<void> arrive_and_wait(std::size_t N = 1) noexcept;
};

} // namespace async_simple::coro
