// A fake: the documented interface of async_simple's <async_simple/coro/SpinLock.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/coro/Lazy.h>
#include <cstdint>
#include <mutex>

namespace async_simple::coro {

class SpinLock {
public:
  explicit SpinLock(std::int32_t Count = 1024) noexcept;
  bool tryLock() noexcept;
  Lazy<> coLock() noexcept;
  void lock() noexcept;
  void unlock() noexcept;
  [[nodiscard]] Lazy<std::unique_lock<SpinLock>> coScopedLock() noexcept;
};

class ScopedSpinLock {
public:
  explicit ScopedSpinLock(SpinLock &Lock);
  ~ScopedSpinLock();
};

} // namespace async_simple::coro
