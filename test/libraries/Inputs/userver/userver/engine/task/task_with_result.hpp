// A fake: the documented interface of userver's <userver/engine/task/task_with_result.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/task/task.hpp>

namespace userver::engine {

template <typename T> class [[nodiscard]] TaskWithResult : public Task {
public:
  TaskWithResult() = default;
  TaskWithResult(TaskWithResult &&) = default;
  TaskWithResult &operator=(TaskWithResult &&) = default;
  T Get() noexcept(false);
};

} // namespace userver::engine
