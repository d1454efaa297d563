// A fake: the documented interface of folly's <folly/coro/Mutex.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/coro/Task.h>
#include <mutex>

namespace folly {
namespace coro {

class Mutex {
public:
  Mutex() noexcept;
  ~Mutex();
  bool try_lock() noexcept;
  detail::TaskAwaiter<std::unique_lock<Mutex>> co_scoped_lock() noexcept;
  detail::TaskAwaiter<void> co_lock() noexcept;
  void unlock() noexcept;
};

} // namespace coro
} // namespace folly
