// A fake: the documented interface of userver's <userver/concurrent/background_task_storage.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <cstdint>
#include <string>
#include <userver/engine/task/task.hpp>

namespace userver::concurrent {

class BackgroundTaskStorageCore final {
public:
  BackgroundTaskStorageCore();
  ~BackgroundTaskStorageCore();
  void CancelAndWait() noexcept;
  void Detach(engine::Task &&Task);
  std::int64_t ActiveTasksApprox() const noexcept;
};

class BackgroundTaskStorage final {
public:
  BackgroundTaskStorage();
  ~BackgroundTaskStorage();
  void CancelAndWait() noexcept;
  template <typename F> void AsyncDetach(std::string Name, F &&Work) {}
  template <typename F> void CriticalAsyncDetach(std::string Name, F &&Work) {}
  std::int64_t ActiveTasksApprox() const noexcept;
};

} // namespace userver::concurrent
