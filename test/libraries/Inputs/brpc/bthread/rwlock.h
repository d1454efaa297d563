// A fake: the documented interface of brpc's <bthread/rwlock.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/bthread.h>

namespace bthread {

class RWLock {
public:
  typedef bthread_rwlock_t *native_handler_type;
  RWLock();
  ~RWLock();
  RWLock(const RWLock &) = delete;
  native_handler_type native_handler();
  void rdlock();
  bool try_rdlock();
  bool timed_rdlock(const struct timespec *Deadline);
  void wrlock();
  bool try_wrlock();
  bool timed_wrlock(const struct timespec *Deadline);
  void unlock();
};

class RWLockRdGuard {
public:
  explicit RWLockRdGuard(bthread_rwlock_t &Lock);
  explicit RWLockRdGuard(RWLock &Lock);
  ~RWLockRdGuard();
};

class RWLockWrGuard {
public:
  explicit RWLockWrGuard(bthread_rwlock_t &Lock);
  explicit RWLockWrGuard(RWLock &Lock);
  ~RWLockWrGuard();
};

} // namespace bthread
