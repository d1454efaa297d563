// A fake: the documented interface of async_simple's <async_simple/coro/Mutex.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>
#include <mutex>

namespace async_simple::coro {

class Mutex {
public:
  Mutex() noexcept;
  ~Mutex();
  bool tryLock() noexcept;
  [[nodiscard]] detail::Awaiter<std::unique_lock<Mutex>> coScopedLock() noexcept;
  [[nodiscard]] detail::Awaiter<void> coLock() noexcept;
  void unlock() noexcept;
};

} // namespace async_simple::coro
