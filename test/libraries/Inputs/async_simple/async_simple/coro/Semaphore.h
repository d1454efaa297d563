// A fake: the documented interface of async_simple's <async_simple/coro/Semaphore.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>

namespace async_simple::coro {

template <std::size_t LeastMax = 1024> class CountingSemaphore {
public:
  explicit CountingSemaphore(std::size_t Desired);
  ~CountingSemaphore();
  Lazy<void> acquire() noexcept;
  Lazy<void> release(std::size_t N = 1) noexcept;
  Lazy<bool> try_acquire() noexcept;
};

} // namespace async_simple::coro
