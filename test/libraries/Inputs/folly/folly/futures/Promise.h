// A fake: the documented interface of folly's <folly/futures/Promise.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <exception>
#include <utility>

namespace folly {

template <typename T> class Future;
template <typename T> class SemiFuture;
template <typename T> class Try;
struct Unit {};
class exception_wrapper {
public:
  exception_wrapper();
  template <typename E> explicit exception_wrapper(E &&Exception);
};

template <typename T> class Promise {
public:
  static Promise<T> makeEmpty() noexcept;
  Promise();
  ~Promise();
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  SemiFuture<T> getSemiFuture();
  Future<T> getFuture();
  void setException(exception_wrapper Exception);
  template <typename E> void setException(const E &Exception);
  template <typename F> void setInterruptHandler(F &&Handler) {}
  void setValue();
  template <typename M> void setValue(M &&Value);
  void setTry(Try<T> &&Result);
  template <typename F> void setWith(F &&Work) {}
  bool valid() const noexcept;
  bool isFulfilled() const noexcept;
};

} // namespace folly
