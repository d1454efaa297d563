// A fake: the documented interface of yaclib's <yaclib/exe/submit.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <yaclib/exe/executor.hpp>

namespace yaclib {

template <typename F> void Submit(IExecutor &Where, F &&Work) {}

} // namespace yaclib
