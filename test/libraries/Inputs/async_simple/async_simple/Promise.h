// A fake: the documented interface of async_simple's <async_simple/Promise.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Future.h>

namespace async_simple {

template <typename T> class Promise {
public:
  Promise();
  Promise(const Promise &);
  Promise &operator=(const Promise &);
  ~Promise();
  Future<T> getFuture();
  bool valid() const;
  Promise &checkout();
  Promise &forceSched();
  void setException(std::exception_ptr Error);
  void setValue(T &&Value);
};

} // namespace async_simple
