// A fake: the documented interface of userver's <userver/engine/single_use_event.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class SingleUseEvent final {
public:
  SingleUseEvent() noexcept;
  ~SingleUseEvent();
  void Wait();
  [[nodiscard]] FutureStatus WaitUntil(Deadline);
  void WaitNonCancellable() noexcept;
  void Send() noexcept;
  [[nodiscard]] bool IsReady() const noexcept;
};

} // namespace userver::engine
