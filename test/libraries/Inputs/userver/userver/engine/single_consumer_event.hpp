// A fake: the documented interface of userver's <userver/engine/single_consumer_event.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class SingleConsumerEvent final {
public:
  struct NoAutoReset final {};
  SingleConsumerEvent() noexcept;
  explicit SingleConsumerEvent(NoAutoReset) noexcept;
  ~SingleConsumerEvent();
  bool IsAutoReset() const noexcept;
  [[nodiscard]] bool WaitForEvent();
  template <typename Rep, typename Period>
  [[nodiscard]] bool WaitForEventFor(std::chrono::duration<Rep, Period>) {
    return true;
  }
  [[nodiscard]] bool WaitForEventUntil(Deadline);
  template <typename P> [[nodiscard]] bool WaitUntil(Deadline, P StopWaiting) { return true; }
  void Reset() noexcept;
  void Send();
  [[nodiscard]] bool IsReady() const noexcept;
};

} // namespace userver::engine
