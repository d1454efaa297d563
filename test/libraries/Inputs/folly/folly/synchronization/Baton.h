// A fake: the documented interface of folly's <folly/synchronization/Baton.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <atomic>
#include <chrono>

namespace folly {

class WaitOptions {};

template <bool MayBlock = true, template <typename> class Atom = std::atomic>
class Baton {
public:
  Baton() noexcept;
  ~Baton() noexcept;
  Baton(const Baton &) = delete;
  Baton &operator=(const Baton &) = delete;
  bool ready() const noexcept;
  void reset() noexcept;
  void post() noexcept;
  void wait(const WaitOptions &Options = WaitOptions()) noexcept;
  bool try_wait() noexcept;
  template <typename Rep, typename Period>
  bool try_wait_for(const std::chrono::duration<Rep, Period> &Timeout,
                    const WaitOptions &Options = WaitOptions()) noexcept;
  template <typename Clock, typename Duration>
  bool try_wait_until(const std::chrono::time_point<Clock, Duration> &Deadline,
                      const WaitOptions &Options = WaitOptions()) noexcept;
  template <typename Rep, typename Period>
  bool timed_wait(const std::chrono::duration<Rep, Period> &Timeout) noexcept;
};

} // namespace folly
