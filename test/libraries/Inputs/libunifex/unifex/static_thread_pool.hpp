// A fake: the documented interface of libunifex's <unifex/static_thread_pool.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <cstdint>

namespace unifex {
namespace _static_thread_pool {

class context {
public:
  class scheduler {};
  context();
  context(std::uint32_t Threads);
  ~context();
  scheduler get_scheduler() noexcept;
  void request_stop() noexcept;
};

} // namespace _static_thread_pool

using static_thread_pool = _static_thread_pool::context;

} // namespace unifex
