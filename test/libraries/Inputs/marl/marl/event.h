// A fake: the documented interface of marl's <marl/event.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <chrono>

namespace marl {

class Event {
public:
  enum class Mode : unsigned char { Auto, Manual };
  Event(Mode M = Mode::Auto, bool Signalled = false);
  Event(const Event &);
  ~Event();
  void signal() const;
  void clear() const;
  void wait() const;
  template <typename Rep, typename Period>
  bool wait_for(const std::chrono::duration<Rep, Period> &Duration) const;
  template <typename Clock, typename Duration>
  bool wait_until(const std::chrono::time_point<Clock, Duration> &Timeout) const;
  bool test() const;
  bool isSignalled() const;
};

} // namespace marl
