// A fake: the documented interface of userver's <userver/utils/periodic_task.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <chrono>
#include <functional>
#include <string>

namespace userver::utils {

class PeriodicTask final {
public:
  using Callback = std::function<void()>;
  struct Settings final {
    Settings(std::chrono::milliseconds Period);
  };
  PeriodicTask();
  PeriodicTask(std::string Name, Settings S, Callback Work);
  ~PeriodicTask();
  void Start(std::string Name, Settings S, Callback Work);
  void Stop() noexcept;
  void SetSettings(Settings S);
  void ForceStepAsync();
  bool IsRunning() const;
};

} // namespace userver::utils
