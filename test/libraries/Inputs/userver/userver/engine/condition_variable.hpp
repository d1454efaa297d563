// A fake: the documented interface of userver's <userver/engine/condition_variable.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/mutex.hpp>

namespace userver::engine {

enum class CvStatus { kNoTimeout, kTimeout, kCancelled };

class ConditionVariable final {
public:
  ConditionVariable();
  ~ConditionVariable();
  [[nodiscard]] CvStatus Wait(std::unique_lock<Mutex> &);
  template <typename P> [[nodiscard]] bool Wait(std::unique_lock<Mutex> &, P &&Predicate) { return Predicate(); }
  template <typename Rep, typename Period>
  CvStatus WaitFor(std::unique_lock<Mutex> &, std::chrono::duration<Rep, Period>);
  template <typename Rep, typename Period, typename P>
  bool WaitFor(std::unique_lock<Mutex> &, std::chrono::duration<Rep, Period>, P &&Predicate) {
    return Predicate();
  }
  CvStatus WaitUntil(std::unique_lock<Mutex> &, Deadline);
  template <typename P> bool WaitUntil(std::unique_lock<Mutex> &, Deadline, P &&Predicate) { return Predicate(); }
  void NotifyOne();
  void NotifyAll();
};

} // namespace userver::engine
