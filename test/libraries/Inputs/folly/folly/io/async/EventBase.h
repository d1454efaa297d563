// A fake: the documented interface of folly's <folly/io/async/EventBase.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/Executor.h>
#include <cstdint>

namespace folly {

class EventBase : public virtual Executor {
public:
  EventBase();
  ~EventBase() override;
  void add(Func Work) override;
  bool loop();
  bool loopOnce(int Flags = 0);
  void loopForever();
  void terminateLoopSoon();
  bool isRunning() const;
  void runInLoop(Func Work, bool ThisIteration = false);
  void runInEventBaseThread(Func Work) noexcept;
  void runInEventBaseThreadAndWait(Func Work) noexcept;
  void runAfterDelay(Func Work, std::uint32_t Milliseconds);
};

} // namespace folly
