// A fake: the documented interface of yaclib's <yaclib/exe/executor.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
namespace yaclib {

class Job {
public:
  virtual ~Job();
  virtual void Call() noexcept = 0;
  virtual void Drop() noexcept = 0;
};

class IExecutor {
public:
  virtual ~IExecutor();
  virtual bool Alive() const noexcept = 0;
  virtual void Submit(Job &Work) noexcept = 0;
};

template <typename T> class IntrusivePtr {
public:
  T *operator->() const;
  T &operator*() const;
};

} // namespace yaclib
