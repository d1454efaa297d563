// A fake: the documented interface of userver's <userver/utils/async.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <string>
#include <userver/engine/async.hpp>

namespace userver::utils {

template <typename F> [[nodiscard]] auto Async(std::string Name, F &&Work) {
  return engine::TaskWithResult<std::invoke_result_t<F>>();
}
template <typename F> [[nodiscard]] auto CriticalAsync(std::string Name, F &&Work) {
  return engine::TaskWithResult<std::invoke_result_t<F>>();
}

} // namespace userver::utils
