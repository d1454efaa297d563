// A fake: the documented interface of yaclib's <yaclib/coro/mutex.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
namespace yaclib {

template <bool Batching = true, bool FIFO = false> class Mutex final {
public:
  Mutex() noexcept;
  bool TryLock() noexcept;
  int Lock() noexcept;
  int Guard() noexcept;
  int Unlock() noexcept;
  void UnlockHere() noexcept;
};

} // namespace yaclib
