// A fake: the documented interface of folly's <folly/coro/Sleep.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/coro/Task.h>

namespace folly {
namespace coro {

Task<void> sleep(HighResDuration Duration);
Task<void> sleepReturnEarlyOnCancel(HighResDuration Duration);

} // namespace coro
} // namespace folly
