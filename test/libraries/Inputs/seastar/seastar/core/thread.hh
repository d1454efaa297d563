// A fake: the documented interface of seastar's <seastar/core/thread.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <seastar/core/future.hh>

namespace seastar {

class thread_attributes {};

class thread {
public:
  thread() noexcept;
  template <typename F> thread(F Work) {}
  template <typename F> thread(thread_attributes Attributes, F Work) {}
  thread(thread &&) noexcept;
  thread &operator=(thread &&) noexcept;
  ~thread();
  future<> join();
  static void yield();
  static bool should_yield();
  static void maybe_yield();
  static bool running_in_thread();
};

future<> make_ready_future() noexcept;
template <typename F> future<> async(F &&Work) noexcept { return make_ready_future(); }
template <typename F> future<> async(thread_attributes Attributes, F &&Work) noexcept { return make_ready_future(); }

} // namespace seastar
