// A fake: the documented interface of cppcoro's <cppcoro/async_mutex.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/task.hpp>
#include <mutex>

namespace cppcoro {

class async_mutex;

class async_mutex_lock {
public:
  async_mutex_lock(async_mutex &Mutex, std::adopt_lock_t) noexcept;
  async_mutex_lock(async_mutex_lock &&) noexcept;
  ~async_mutex_lock();
};

class async_mutex {
public:
  async_mutex() noexcept;
  ~async_mutex();
  bool try_lock() noexcept;
  detail::awaiter<void> lock_async() noexcept;
  detail::awaiter<async_mutex_lock> scoped_lock_async() noexcept;
  void unlock();
};

} // namespace cppcoro
