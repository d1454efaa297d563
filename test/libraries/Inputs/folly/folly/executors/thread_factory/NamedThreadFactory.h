// A fake: the documented interface of folly's <folly/executors/thread_factory/NamedThreadFactory.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/executors/thread_factory/ThreadFactory.h>

namespace folly {

class NamedThreadFactory : public ThreadFactory {
public:
  explicit NamedThreadFactory(const char *Prefix);
  std::thread newThread(Func &&Work) override;
  void setNamePrefix(const char *Prefix);
  const std::string &getNamePrefix() const override;
};

} // namespace folly
