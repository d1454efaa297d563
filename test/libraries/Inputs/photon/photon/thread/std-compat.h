// A fake: the documented interface of photon's <photon/thread/std-compat.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <chrono>
#include <photon/thread/thread.h>
#include <utility>

namespace photon_std {

class thread {
public:
  class id {};
  thread() = default;
  template <typename F, typename... Args> explicit thread(F &&Work, Args &&...) {}
  thread(thread &&) noexcept;
  thread &operator=(thread &&) noexcept;
  ~thread();
  bool joinable() const;
  id get_id() const;
  static unsigned int hardware_concurrency();
  void join();
  void detach();
  void swap(thread &Other) noexcept;
};

namespace this_thread {

template <typename Rep, typename Period> void sleep_for(const std::chrono::duration<Rep, Period> &) {}
template <typename Clock, typename Duration> void sleep_until(const std::chrono::time_point<Clock, Duration> &) {}

} // namespace this_thread

} // namespace photon_std
