// A fake: the documented interface of stdexec's <exec/static_thread_pool.hpp>, as far as the tests call it. Nothing of it is stdexec's code.
#pragma once
#include <cstdint>

#ifdef FAKE_STDEXEC_BEFORE_2026
namespace exec {
#else
namespace experimental::execution {
#endif
namespace _pool_ {

class _static_thread_pool {
public:
  struct scheduler {};
  _static_thread_pool();
  explicit _static_thread_pool(std::uint32_t Threads);
  ~_static_thread_pool();
  scheduler get_scheduler() noexcept;
  void request_stop() noexcept;
  std::uint32_t available_parallelism() const;
};

} // namespace _pool_

struct static_thread_pool : private _pool_::_static_thread_pool {
  static_thread_pool();
  explicit static_thread_pool(std::uint32_t Threads);
  using _pool_::_static_thread_pool::available_parallelism;
  using _pool_::_static_thread_pool::get_scheduler;
  using _pool_::_static_thread_pool::request_stop;
};

}
#ifndef FAKE_STDEXEC_BEFORE_2026
namespace exec = experimental::execution;
#endif
