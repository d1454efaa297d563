// A fake: the documented interface of stdexec's <exec/async_scope.hpp>, as far as the tests call it. Nothing of it is stdexec's code.
#pragma once
#include <stdexec/execution.hpp>

// The namespace was `exec` itself until 2025.
#ifdef FAKE_STDEXEC_BEFORE_2026
namespace exec {
#else
namespace experimental::execution {
#endif
namespace __scope {

struct async_scope {
  async_scope() noexcept;
  template <class Sender> [[nodiscard]] int when_empty(Sender &&Work) const { return 0; }
  [[nodiscard]] stdexec::awaiter on_empty() const noexcept;
  template <class Sender> [[nodiscard]] int nest(Sender &&Work) { return 0; }
  template <class Sender> void spawn(Sender &&Work) {}
  template <class Sender> [[nodiscard]] int spawn_future(Sender &&Work) { return 0; }
  stdexec::inplace_stop_source &get_stop_source() noexcept;
  stdexec::inplace_stop_token get_stop_token() const noexcept;
  bool request_stop() noexcept;
};

} // namespace __scope

using __scope::async_scope;

}
#ifndef FAKE_STDEXEC_BEFORE_2026
namespace exec = experimental::execution;
#endif
