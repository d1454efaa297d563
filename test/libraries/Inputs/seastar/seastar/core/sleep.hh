// A fake: the documented interface of seastar's <seastar/core/sleep.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <chrono>
#include <seastar/core/abort_source.hh>
#include <seastar/core/future.hh>

namespace seastar {

template <typename Clock = std::chrono::steady_clock, typename Rep, typename Period>
future<> sleep(std::chrono::duration<Rep, Period> Duration);
template <typename Clock = std::chrono::steady_clock>
future<> sleep_abortable(typename Clock::duration Duration);
template <typename Clock = std::chrono::steady_clock>
future<> sleep_abortable(typename Clock::duration Duration, abort_source &Abort);

} // namespace seastar
