// A fake: the documented interface of userver's <userver/engine/task/cancel.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class Task;

namespace current_task {

bool IsCancelRequested() noexcept;
bool ShouldCancel() noexcept;
void CancellationPoint();
void SetDeadline(Deadline);

} // namespace current_task

class TaskCancellationToken final {
public:
  TaskCancellationToken() noexcept;
  explicit TaskCancellationToken(Task &);
  TaskCancellationToken(const TaskCancellationToken &) noexcept;
  TaskCancellationToken &operator=(const TaskCancellationToken &) noexcept;
  ~TaskCancellationToken();
  void RequestCancel();
  bool IsValid() const noexcept;
};

} // namespace userver::engine
