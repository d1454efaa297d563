// A fake: the documented interface of folly's <folly/coro/AsyncScope.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/CancellationToken.h>
#include <folly/coro/Task.h>
#include <cstddef>

namespace folly {
namespace coro {

class AsyncScope {
public:
  AsyncScope() noexcept;
  explicit AsyncScope(bool ThrowOnJoin) noexcept;
  ~AsyncScope();
  std::size_t remaining() const noexcept;
  template <typename Awaitable> void add(Awaitable &&Work, void *ReturnAddress = nullptr);
  Task<void> joinAsync() noexcept;
  SemiFuture<Unit> cleanup() noexcept;
};

class CancellableAsyncScope {
public:
  CancellableAsyncScope() noexcept;
  explicit CancellableAsyncScope(CancellationToken &&Token);
  std::size_t remaining() const noexcept;
  template <typename Awaitable> void add(Awaitable &&Work, void *ReturnAddress = nullptr);
  void requestCancellation() const noexcept;
  bool isScopeCancellationRequested() const noexcept;
  Task<void> cancelAndJoinAsync() noexcept;
  Task<void> joinAsync() noexcept;
};

} // namespace coro
} // namespace folly
