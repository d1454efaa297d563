// A fake: the documented interface of folly's <folly/executors/thread_factory/ThreadFactory.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/Executor.h>
#include <string>
#include <thread>

namespace folly {

class ThreadFactory {
public:
  virtual ~ThreadFactory();
  virtual std::thread newThread(Func &&Work) = 0;
  virtual const std::string &getNamePrefix() const = 0;
};

} // namespace folly
