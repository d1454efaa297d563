// A fake: the documented interface of stdexec's <exec/single_thread_context.hpp>, as far as the tests call it. Nothing of it is stdexec's code.
#pragma once
#include <thread>

#ifdef FAKE_STDEXEC_BEFORE_2026
namespace exec {
#else
namespace experimental::execution {
#endif

class single_thread_context {
public:
  single_thread_context();
  ~single_thread_context();
  int get_scheduler() noexcept;
  std::thread::id get_thread_id() const noexcept;
};

}
#ifndef FAKE_STDEXEC_BEFORE_2026
namespace exec = experimental::execution;
#endif
