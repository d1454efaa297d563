// A fake: the documented interface of brpc's <bthread/mutex.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/bthread.h>
#include <mutex>

namespace bthread {

class Mutex {
public:
  typedef bthread_mutex_t *native_handler_type;
  Mutex();
  ~Mutex();
  Mutex(const Mutex &) = delete;
  native_handler_type native_handler();
  void lock();
  void unlock();
  bool try_lock();
  bool timed_lock(const struct timespec *Deadline);
};

class FastPthreadMutex {
public:
  FastPthreadMutex();
  ~FastPthreadMutex();
  void lock();
  void unlock();
  bool try_lock();
  bool timed_lock(const struct timespec *Deadline);
};

} // namespace bthread
