// A fake: the documented interface of userver's <userver/engine/task/task.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/task/task_base.hpp>

namespace userver::engine {

class [[nodiscard]] Task : public TaskBase {
public:
  Task();
  Task(Task &&) noexcept;
  Task &operator=(Task &&) noexcept;
  ~Task();
  void Detach() &&;
};

} // namespace userver::engine
