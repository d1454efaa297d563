// A fake: the documented interface of folly's <folly/Executor.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <functional>

namespace folly {

using Func = std::function<void()>;

class Executor {
public:
  template <typename ExecutorT = Executor> class KeepAlive {
  public:
    KeepAlive();
    KeepAlive(ExecutorT *);
    ExecutorT *get() const;
  };
  virtual ~Executor();
  virtual void add(Func Work) = 0;
  virtual void addWithPriority(Func Work, signed char Priority);
};

} // namespace folly
