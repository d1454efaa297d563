// A fake: the documented interface of folly's <folly/synchronization/Latch.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <chrono>
#include <cstddef>

namespace folly {

class Latch {
public:
  static constexpr std::ptrdiff_t max() noexcept { return 1; }
  explicit Latch(std::ptrdiff_t Expected);
  void count_down(std::ptrdiff_t N = 1) noexcept;
  bool try_wait() noexcept;
  template <typename Rep, typename Period>
  bool try_wait_for(const std::chrono::duration<Rep, Period> &Timeout) noexcept;
  template <typename Clock, typename Duration>
  bool try_wait_until(const std::chrono::time_point<Clock, Duration> &Deadline) noexcept;
  bool ready() const noexcept;
  void wait() noexcept;
  void arrive_and_wait(std::ptrdiff_t N = 1) noexcept;
};

} // namespace folly
