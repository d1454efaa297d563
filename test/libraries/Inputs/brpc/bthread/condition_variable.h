// A fake: the documented interface of brpc's <bthread/condition_variable.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/mutex.h>

namespace bthread {

class ConditionVariable {
public:
  typedef bthread_cond_t *native_handler_type;
  ConditionVariable();
  ~ConditionVariable();
  ConditionVariable(const ConditionVariable &) = delete;
  native_handler_type native_handler();
  void wait(std::unique_lock<Mutex> &Lock);
  template <typename Predicate> void wait(std::unique_lock<Mutex> &Lock, Predicate P) {}
  int wait_for(std::unique_lock<Mutex> &Lock, long Microseconds);
  int wait_until(std::unique_lock<Mutex> &Lock, timespec Deadline);
  void notify_one();
  void notify_all();
};

} // namespace bthread
