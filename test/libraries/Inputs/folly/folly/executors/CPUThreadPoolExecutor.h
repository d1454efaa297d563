// A fake: the documented interface of folly's <folly/executors/CPUThreadPoolExecutor.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/executors/ThreadPoolExecutor.h>

namespace folly {

class CPUThreadPoolExecutor : public ThreadPoolExecutor {
public:
  explicit CPUThreadPoolExecutor(std::size_t Threads);
  CPUThreadPoolExecutor(std::size_t Threads, std::shared_ptr<ThreadFactory> Factory);
  ~CPUThreadPoolExecutor() override;
  void add(Func Work) override;
  void add(Func Work, std::chrono::milliseconds Expiration, Func ExpireCallback = nullptr) override;
  void addWithPriority(Func Work, signed char Priority) override;
  std::size_t getTaskQueueSize() const;
};

} // namespace folly
