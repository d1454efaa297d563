// A fake: the documented interface of libunifex's <unifex/single_thread_context.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <thread>
#include <unifex/manual_event_loop.hpp>

namespace unifex {
namespace _single_thread {

class context {
public:
  context();
  ~context();
  _manual_event_loop::context::scheduler get_scheduler() noexcept;
  std::thread::id get_thread_id() const noexcept;
};

} // namespace _single_thread

using single_thread_context = _single_thread::context;

} // namespace unifex
