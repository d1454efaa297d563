// A fake: the documented interface of userver's <userver/engine/sleep.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/deadline.hpp>

namespace userver::engine {

void Yield();
void SleepUntil(Deadline);
void InterruptibleSleepUntil(Deadline);
template <typename Rep, typename Period> void SleepFor(const std::chrono::duration<Rep, Period> &) {}
template <typename Rep, typename Period> void InterruptibleSleepFor(const std::chrono::duration<Rep, Period> &) {}

} // namespace userver::engine
