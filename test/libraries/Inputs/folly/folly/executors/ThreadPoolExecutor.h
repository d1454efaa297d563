// A fake: the documented interface of folly's <folly/executors/ThreadPoolExecutor.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/executors/thread_factory/NamedThreadFactory.h>
#include <chrono>
#include <cstddef>
#include <memory>

namespace folly {

class ThreadPoolExecutor : public virtual Executor {
public:
  ~ThreadPoolExecutor() override;
  void add(Func Work) override = 0;
  virtual void add(Func Work, std::chrono::milliseconds Expiration, Func ExpireCallback);
  void setThreadFactory(std::shared_ptr<ThreadFactory> Factory);
  std::size_t numThreads() const;
  void setNumThreads(std::size_t N);
  std::size_t numActiveThreads() const;
  virtual void stop();
  virtual void join();
  std::size_t getPendingTaskCount() const;
  void setThreadDeathTimeout(std::chrono::milliseconds Timeout);
};

} // namespace folly
