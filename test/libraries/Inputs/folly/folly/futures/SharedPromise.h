// A fake: the documented interface of folly's <folly/futures/SharedPromise.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/futures/Promise.h>
#include <cstddef>

namespace folly {

template <typename T> class SharedPromise {
public:
  SharedPromise();
  ~SharedPromise();
  SharedPromise(SharedPromise &&) noexcept;
  SharedPromise &operator=(SharedPromise &&) noexcept;
  SemiFuture<T> getSemiFuture() const;
  Future<T> getFuture() const;
  std::size_t size() const;
  void setException(exception_wrapper Exception);
  template <typename E> void setException(const E &Exception);
  void setValue();
  template <typename M> void setValue(M &&Value);
  void setTry(Try<T> &&Result);
  template <typename F> void setWith(F &&Work) {}
  bool isFulfilled() const;
};

} // namespace folly
