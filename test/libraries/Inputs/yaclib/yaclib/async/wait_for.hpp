// A fake: the documented interface of yaclib's <yaclib/async/wait_for.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <chrono>

namespace yaclib {

template <typename Rep, typename Period, typename... Waited>
bool WaitFor(const std::chrono::duration<Rep, Period> &Timeout, Waited &...Futures) noexcept;

} // namespace yaclib
