// A fake: the documented interface of marl's <marl/blockingcall.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <utility>

namespace marl {

template <typename F, typename... Args> auto blocking_call(F &&Work, Args &&...Arguments) {
  return Work(std::forward<Args>(Arguments)...);
}

} // namespace marl
