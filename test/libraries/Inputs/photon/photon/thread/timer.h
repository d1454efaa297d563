// A fake: the documented interface of photon's <photon/thread/timer.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <photon/thread/thread.h>

namespace photon {

class Timer {
public:
  using Entry = std::uint64_t (*)(void *);
  Timer(std::uint64_t Timeout, Entry OnTimer, bool Repeating = true);
  ~Timer();
  int reset(std::uint64_t Timeout = -1);
  int cancel();
  int stop();
};

} // namespace photon
