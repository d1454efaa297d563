// A fake: the documented interface of folly's <folly/executors/IOThreadPoolExecutor.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/executors/ThreadPoolExecutor.h>

namespace folly {

class EventBase;

class IOThreadPoolExecutor : public ThreadPoolExecutor {
public:
  explicit IOThreadPoolExecutor(std::size_t Threads);
  IOThreadPoolExecutor(std::size_t Threads, std::shared_ptr<ThreadFactory> Factory);
  ~IOThreadPoolExecutor() override;
  void add(Func Work) override;
  void add(Func Work, std::chrono::milliseconds Expiration, Func ExpireCallback = nullptr) override;
  EventBase *getEventBase();
};

} // namespace folly
