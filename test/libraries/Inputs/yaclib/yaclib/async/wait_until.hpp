// A fake: the documented interface of yaclib's <yaclib/async/wait_until.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <chrono>

namespace yaclib {

template <typename Clock, typename Duration, typename... Waited>
bool WaitUntil(const std::chrono::time_point<Clock, Duration> &Timeout, Waited &...Futures) noexcept;

} // namespace yaclib
