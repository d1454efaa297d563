// A fake: the documented interface of libunifex's <unifex/v2/async_scope.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <cstddef>
#include <unifex/task.hpp>

namespace unifex::v2 {
namespace _async_scope {

struct async_scope final {
  async_scope() noexcept;
  ~async_scope();
  [[nodiscard]] _task::awaiter<void> join() noexcept;
  bool joined() const noexcept;
  template <typename Sender> [[nodiscard]] int nest(Sender &&Work) { return 0; }
  bool join_started() const noexcept;
  std::size_t use_count() const noexcept;
};

} // namespace _async_scope

using _async_scope::async_scope;

} // namespace unifex::v2
