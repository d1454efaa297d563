// A fake: the documented interface of yaclib's <yaclib/async/wait.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
namespace yaclib {

template <typename... Waited> void Wait(Waited &...Futures) noexcept;

} // namespace yaclib
