// A fake: the documented interface of seastar's <seastar/core/shared_mutex.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <seastar/core/future.hh>

namespace seastar {

class shared_mutex {
public:
  shared_mutex();
  future<> lock_shared() noexcept;
  bool try_lock_shared() noexcept;
  void unlock_shared() noexcept;
  future<> lock() noexcept;
  bool try_lock() noexcept;
  void unlock() noexcept;
};

} // namespace seastar
