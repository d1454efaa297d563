// A fake: the documented interface of userver's <userver/engine/task/shared_task_with_result.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <userver/engine/task/task_base.hpp>

namespace userver::engine {

template <typename T> class [[nodiscard]] SharedTaskWithResult : public TaskBase {
public:
  SharedTaskWithResult();
  SharedTaskWithResult(const SharedTaskWithResult &);
  SharedTaskWithResult &operator=(const SharedTaskWithResult &);
  ~SharedTaskWithResult();
  const T &Get() const noexcept(false);
};

} // namespace userver::engine
