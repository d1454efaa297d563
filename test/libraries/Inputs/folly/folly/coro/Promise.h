// A fake: the documented interface of folly's <folly/coro/Promise.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/CancellationToken.h>
#include <folly/coro/Task.h>
#include <utility>

namespace folly {
namespace coro {

template <typename T> class Future {
public:
  Future();
  Future(Future &&) noexcept;
  Future &operator=(Future &&) noexcept;
  detail::TaskAwaiter<T> operator co_await() && noexcept;
  bool valid() const noexcept;
  bool isReady() const noexcept;
};

template <typename T> class Promise {
public:
  Promise();
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  ~Promise();
  bool valid() const noexcept;
  bool isFulfilled() const noexcept;
  template <typename... Args> void setValue(Args &&...);
  template <typename... Args> void setException(Args &&...);
  template <typename... Args> bool trySetValue(Args &&...);
  template <typename... Args> bool trySetException(Args &&...);
  void setResult(Try<T> &&Result);
  bool trySetResult(Try<T> &&Result);
  const CancellationToken &getCancellationToken() const noexcept;
};

template <typename T> std::pair<Promise<T>, Future<T>> makePromiseContract();

} // namespace coro
} // namespace folly
