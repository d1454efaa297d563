// A fake: the documented interface of userver's <userver/engine/deadline.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <chrono>

namespace userver::engine {

class Deadline final {
public:
  constexpr Deadline() = default;
  template <typename Rep, typename Period>
  static Deadline FromDuration(const std::chrono::duration<Rep, Period> &) noexcept {
    return {};
  }
  bool IsReached() const noexcept;
};

enum class FutureStatus { kReady, kTimeout, kCancelled };

} // namespace userver::engine
