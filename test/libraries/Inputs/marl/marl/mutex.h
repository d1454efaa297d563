// A fake: the documented interface of marl's <marl/mutex.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once

namespace marl {

class mutex {
public:
  void lock();
  void unlock();
  bool try_lock();
};

class lock {
public:
  lock(mutex &M);
  ~lock();
  bool owns_lock() const;
};

} // namespace marl
