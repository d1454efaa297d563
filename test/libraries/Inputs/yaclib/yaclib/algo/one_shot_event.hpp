// A fake: the documented interface of yaclib's <yaclib/algo/one_shot_event.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <chrono>

namespace yaclib {

class OneShotEvent {
public:
  OneShotEvent();
  bool Ready() noexcept;
  void Wait() noexcept;
  template <typename Rep, typename Period>
  bool WaitFor(const std::chrono::duration<Rep, Period> &Timeout) noexcept;
  template <typename Clock, typename Duration>
  bool WaitUntil(const std::chrono::time_point<Clock, Duration> &Timeout) noexcept;
  void Set() noexcept;
  void Reset() noexcept;
};

} // namespace yaclib
