// A fake: the documented interface of userver's <userver/engine/async.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <type_traits>
#include <userver/engine/task/shared_task_with_result.hpp>
#include <userver/engine/task/task_processor_fwd.hpp>
#include <userver/engine/task/task_with_result.hpp>

namespace userver::engine {

template <typename F> [[nodiscard]] auto AsyncNoSpan(F &&Work) {
  return TaskWithResult<std::invoke_result_t<F>>();
}
template <typename F> [[nodiscard]] auto AsyncNoSpan(TaskProcessor &Where, F &&Work) {
  return TaskWithResult<std::invoke_result_t<F>>();
}
template <typename F> [[nodiscard]] auto CriticalAsyncNoSpan(F &&Work) {
  return TaskWithResult<std::invoke_result_t<F>>();
}
template <typename F> [[nodiscard]] auto SharedAsyncNoSpan(F &&Work) {
  return SharedTaskWithResult<std::invoke_result_t<F>>();
}

} // namespace userver::engine
