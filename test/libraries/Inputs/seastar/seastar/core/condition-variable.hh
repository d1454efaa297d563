// A fake: the documented interface of seastar's <seastar/core/condition-variable.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <chrono>
#include <seastar/core/future.hh>

namespace seastar {

future<> make_ready_future() noexcept;

class condition_variable {
public:
  condition_variable() noexcept;
  ~condition_variable();
  future<> wait() noexcept;
  template <typename Rep, typename Period> future<> wait(std::chrono::duration<Rep, Period> Timeout) noexcept;
  template <typename P> future<> wait(P &&Predicate) noexcept { return make_ready_future(); }
  template <typename Rep, typename Period, typename P>
  future<> wait(std::chrono::duration<Rep, Period> Timeout, P &&Predicate) noexcept {
    return make_ready_future();
  }
  bool has_waiters() const noexcept;
  void signal() noexcept;
  void broadcast() noexcept;
  void broken() noexcept;
};

} // namespace seastar
