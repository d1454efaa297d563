// A fake: the documented interface of folly's <folly/coro/Baton.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <coroutine>

namespace folly {
namespace coro {

class Baton {
public:
  class WaitOperation {
  public:
    bool await_ready() const noexcept;
    bool await_suspend(std::coroutine_handle<>) noexcept;
    void await_resume() noexcept;
  };
  explicit Baton(bool InitiallySignalled = false) noexcept;
  ~Baton();
  bool ready() const noexcept;
  [[nodiscard]] WaitOperation operator co_await() const noexcept;
  void post() noexcept;
  void reset() noexcept;
};

} // namespace coro
} // namespace folly
