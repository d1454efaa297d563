// A fake: the documented interface of seastar's <seastar/core/timer.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <chrono>
#include <functional>

namespace seastar {

template <typename Clock = std::chrono::steady_clock> class timer {
public:
  using duration = typename Clock::duration;
  using time_point = typename Clock::time_point;
  timer() noexcept;
  timer(timer &&) noexcept;
  explicit timer(std::function<void()> &&Callback) noexcept;
  ~timer();
  void set_callback(std::function<void()> &&Callback) noexcept;
  void arm(time_point Until) noexcept;
  void arm(duration Delta) noexcept;
  void rearm(time_point Until) noexcept;
  void rearm(duration Delta) noexcept;
  void arm_periodic(duration Delta) noexcept;
  void rearm_periodic(duration Delta) noexcept;
  bool armed() const noexcept;
  bool cancel() noexcept;
  time_point get_timeout() const noexcept;
};

} // namespace seastar
