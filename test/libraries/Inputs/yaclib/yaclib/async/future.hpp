// A fake: the documented interface of yaclib's <yaclib/async/future.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <yaclib/exe/executor.hpp>

namespace yaclib {

struct StopError {};
template <typename V, typename E> class Future;
template <typename V, typename E> class FutureOn;

template <typename V, typename E> class Result {
public:
  V Ok() &&;
};

template <typename V, typename E> class FutureBase {
public:
  FutureBase();
  FutureBase(FutureBase &&) noexcept;
  FutureBase &operator=(FutureBase &&) noexcept;
  ~FutureBase();
  [[nodiscard]] bool Valid() const & noexcept;
  [[nodiscard]] bool Ready() const & noexcept;
  [[nodiscard]] const Result<V, E> *Get() const & noexcept;
  [[nodiscard]] Result<V, E> Get() && noexcept;
  [[nodiscard]] Result<V, E> Touch() && noexcept;
  template <typename F> [[nodiscard]] FutureOn<V, E> Then(IExecutor &Where, F &&Work) && { return {}; }
  void Detach() && noexcept;
  template <typename F> void DetachInline(F &&Work) && {}
  template <typename F> void Detach(IExecutor &Where, F &&Work) && {}
};

template <typename V, typename E> class Future final : public FutureBase<V, E> {
public:
  template <typename F> [[nodiscard]] Future ThenInline(F &&Work) && { return {}; }
};

template <typename V, typename E> class FutureOn final : public FutureBase<V, E> {
public:
  using FutureBase<V, E>::Detach;
  using FutureBase<V, E>::Then;
  [[nodiscard]] Future<V, E> On(decltype(nullptr)) && noexcept;
  template <typename F> [[nodiscard]] FutureOn ThenInline(F &&Work) && { return {}; }
  template <typename F> [[nodiscard]] FutureOn Then(F &&Work) && { return {}; }
  template <typename F> void Detach(F &&Work) && {}
};

} // namespace yaclib
