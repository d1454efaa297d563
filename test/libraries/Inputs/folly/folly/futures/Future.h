// A fake: the documented interface of folly's <folly/futures/Future.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/Executor.h>
#include <folly/futures/Promise.h>
#include <chrono>
#include <optional>
#include <type_traits>

namespace folly {

using HighResDuration = std::chrono::microseconds;
class DrivableExecutor;

template <typename T> class Try {
public:
  T &value();
  bool hasException() const;
};

namespace futures {
namespace detail {

template <typename T> class FutureBase {
public:
  ~FutureBase();
  bool valid() const noexcept;
  T &value() &;
  Try<T> &result() &;
  bool isReady() const;
  bool hasValue() const;
  bool hasException() const;
  std::optional<Try<T>> poll();
  template <typename E> void raise(E &&Exception);
  void cancel();
};

} // namespace detail

SemiFuture<Unit> sleep(HighResDuration Duration);

} // namespace futures

template <typename T> class SemiFuture : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

public:
  static SemiFuture<T> makeEmpty();
  SemiFuture(T &&Value);
  SemiFuture(SemiFuture &&) noexcept;
  SemiFuture &operator=(SemiFuture &&) noexcept;
  ~SemiFuture();
  using Base::cancel;
  using Base::hasException;
  using Base::hasValue;
  using Base::isReady;
  using Base::poll;
  using Base::raise;
  using Base::result;
  using Base::valid;
  using Base::value;
  T get() &&;
  T get(HighResDuration Duration) &&;
  Try<T> getTry() &&;
  Try<T> getTry(HighResDuration Duration) &&;
  SemiFuture<T> &wait() &;
  SemiFuture<T> &&wait() &&;
  bool wait(HighResDuration Duration) &&;
  Future<T> via(Executor::KeepAlive<> Where) &&;
  template <typename F> SemiFuture<T> defer(F &&Work) && { return makeEmpty(); }
  template <typename F> SemiFuture<T> deferValue(F &&Work) && { return makeEmpty(); }
  template <typename F> SemiFuture<T> deferError(F &&Work) && { return makeEmpty(); }
  template <typename F> SemiFuture<T> deferEnsure(F &&Work) && { return makeEmpty(); }
  SemiFuture<T> within(HighResDuration Duration) &&;
  SemiFuture<T> delayed(HighResDuration Duration) &&;
  SemiFuture<Unit> unit() &&;
  Future<T> toUnsafeFuture() &&;
};

template <typename T> class Future : private futures::detail::FutureBase<T> {
  using Base = futures::detail::FutureBase<T>;

public:
  static Future<T> makeEmpty();
  Future(T &&Value);
  Future(Future &&) noexcept;
  Future &operator=(Future &&) noexcept;
  using Base::cancel;
  using Base::hasException;
  using Base::hasValue;
  using Base::isReady;
  using Base::poll;
  using Base::raise;
  using Base::result;
  using Base::valid;
  using Base::value;
  T get() &&;
  T get(HighResDuration Duration) &&;
  Try<T> getTry() &&;
  Try<T> getTry(HighResDuration Duration) &&;
  T getVia(DrivableExecutor *Where) &&;
  Future<T> &wait() &;
  Future<T> &&wait() &&;
  Future<T> &wait(HighResDuration Duration) &;
  Future<T> &&wait(HighResDuration Duration) &&;
  Future<T> &waitVia(DrivableExecutor *Where) &;
  Future<T> via(Executor::KeepAlive<> Where) &&;
  template <typename F> Future<T> thenTry(F &&Work) && { return makeEmpty(); }
  template <typename F> Future<T> thenValue(F &&Work) && { return makeEmpty(); }
  template <typename F> Future<T> thenValueInline(F &&Work) && { return makeEmpty(); }
  template <typename F> Future<T> thenError(F &&Work) && { return makeEmpty(); }
  template <typename F> Future<T> ensure(F &&Work) && { return makeEmpty(); }
  Future<T> within(HighResDuration Duration) &&;
  Future<T> delayed(HighResDuration Duration) &&;
  template <typename F> Future<T> onTimeout(HighResDuration Duration, F &&Work) && { return makeEmpty(); }
  Future<Unit> unit() &&;
  Future<Unit> then() &&;
  SemiFuture<T> semi() &&;
};

template <typename F> Future<int> via(Executor::KeepAlive<> Where, F &&Work) { return Future<int>::makeEmpty(); }

} // namespace folly
