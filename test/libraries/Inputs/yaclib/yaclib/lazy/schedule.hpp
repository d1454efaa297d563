// A fake: the documented interface of yaclib's <yaclib/lazy/schedule.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <yaclib/lazy/task.hpp>

namespace yaclib {

template <typename F> Task<int> Schedule(F &&Work) { return {}; }
template <typename F> Task<int> Schedule(IExecutor &Where, F &&Work) { return {}; }

} // namespace yaclib
