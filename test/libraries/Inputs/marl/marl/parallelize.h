// A fake: the documented interface of marl's <marl/parallelize.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once

namespace marl {

template <typename F0, typename... FN> void parallelize(F0 &&First, FN &&...Others) {}

} // namespace marl
