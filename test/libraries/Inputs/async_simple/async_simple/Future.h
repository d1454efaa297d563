// A fake: the documented interface of async_simple's <async_simple/Future.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>
#include <exception>

namespace async_simple {

template <typename T> class Future {
public:
  Future(Future &&);
  Future &operator=(Future &&);
  ~Future();
  bool valid() const;
  bool hasResult() const;
  T &&value() &&;
  T get() &&;
  void wait();
  Future<T> via(Executor *Where) &&;
  template <typename F> Future<T> thenTry(F &&Work) && { return std::move(*this); }
  template <typename F> Future<T> thenValue(F &&Work) && { return std::move(*this); }
  template <typename F> void setContinuation(F &&Work) {}
  void setExecutor(Executor *Where);
  Executor *getExecutor();
};

} // namespace async_simple
