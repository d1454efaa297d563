// A fake: the documented interface of yaclib's <yaclib/async/run.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <yaclib/async/future.hpp>

namespace yaclib {

template <typename E = StopError, typename F> Future<int, E> Run(F &&Work) { return {}; }
template <typename E = StopError, typename F> FutureOn<int, E> Run(IExecutor &Where, F &&Work) { return {}; }

} // namespace yaclib
