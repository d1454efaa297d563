// A fake: the documented interface of folly's <folly/io/async/HHWheelTimer.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <chrono>
#include <cstddef>
#include <memory>

namespace folly {

class TimeoutManager;

template <class Duration> class HHWheelTimerBase {
public:
  struct Destructor {
    void operator()(HHWheelTimerBase *) const;
  };
  using UniquePtr = std::unique_ptr<HHWheelTimerBase, Destructor>;
  template <typename... Args> static UniquePtr newTimer(Args &&...);

  class Callback {
  public:
    Callback();
    virtual ~Callback();
    virtual void timeoutExpired() noexcept = 0;
    virtual void callbackCanceled() noexcept;
    void cancelTimeout();
    bool isScheduled() const;
    Duration getTimeRemaining() const;
  };

  explicit HHWheelTimerBase(TimeoutManager *Manager, Duration Tick = Duration(10));
  std::size_t cancelAll();
  Duration getDefaultTimeout() const;
  void setDefaultTimeout(Duration Timeout);
  void scheduleTimeout(Callback *Callee, Duration Timeout);
  void scheduleTimeout(Callback *Callee);
  template <class F> void scheduleTimeoutFn(F Work, Duration Timeout) {}
  std::size_t count() const;
};

using HHWheelTimer = HHWheelTimerBase<std::chrono::milliseconds>;

} // namespace folly
