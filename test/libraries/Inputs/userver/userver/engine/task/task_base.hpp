// A fake: the documented interface of userver's <userver/engine/task/task_base.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class [[nodiscard]] TaskBase {
public:
  bool IsValid() const;
  bool IsFinished() const;
  void Wait() const;
  template <typename Rep, typename Period> void WaitFor(const std::chrono::duration<Rep, Period> &) const {}
  void WaitUntil(Deadline) const;
  void RequestCancel();
  void SyncCancel() noexcept;
  void BlockingWait() const;

protected:
  ~TaskBase();
};

} // namespace userver::engine
