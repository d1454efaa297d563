// A fake: the documented interface of yaclib's <yaclib/algo/wait_group.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <cstddef>
#include <yaclib/algo/one_shot_event.hpp>

namespace yaclib {

template <typename Event = OneShotEvent> class WaitGroup final {
public:
  explicit WaitGroup(std::size_t Count = 0) noexcept;
  void Add(std::size_t Count = 1) noexcept;
  void Done(std::size_t Count = 1) noexcept;
  std::size_t Count() const noexcept;
  void Wait() noexcept;
  template <typename Rep, typename Period>
  bool WaitFor(const std::chrono::duration<Rep, Period> &Timeout) noexcept;
  template <typename Clock, typename Duration>
  bool WaitUntil(const std::chrono::time_point<Clock, Duration> &Timeout) noexcept;
  void Reset(std::size_t Count = 0) noexcept;
};

} // namespace yaclib
