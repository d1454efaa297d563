// A fake: the documented interface of folly's <folly/ScopeGuard.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <type_traits>

namespace folly {

namespace detail {

class ScopeGuardImplBase {
public:
  void dismiss() noexcept;
  void rehire() noexcept;
};

template <typename F, bool InvokeNoexcept> class ScopeGuardImpl : public ScopeGuardImplBase {
public:
  explicit ScopeGuardImpl(F Work) : Work(Work) {}
  ~ScopeGuardImpl() noexcept(InvokeNoexcept) { Work(); }

private:
  F Work;
};

} // namespace detail

template <typename F> detail::ScopeGuardImpl<std::decay_t<F>, true> makeGuard(F &&Work) {
  return detail::ScopeGuardImpl<std::decay_t<F>, true>(Work);
}

} // namespace folly
