// A fake: the documented interface of marl's <marl/conditionvariable.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <chrono>
#include <marl/mutex.h>

namespace marl {

class ConditionVariable {
public:
  ConditionVariable();
  void notify_one();
  void notify_all();
  template <typename Predicate> void wait(marl::lock &Lock, Predicate &&P) {}
  template <typename Rep, typename Period, typename Predicate>
  bool wait_for(marl::lock &Lock, const std::chrono::duration<Rep, Period> &Duration, Predicate &&P) {
    return P();
  }
  template <typename Clock, typename Duration, typename Predicate>
  bool wait_until(marl::lock &Lock, const std::chrono::time_point<Clock, Duration> &Timeout, Predicate &&P) {
    return P();
  }
};

} // namespace marl
