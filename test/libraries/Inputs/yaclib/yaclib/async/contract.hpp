// A fake: the documented interface of yaclib's <yaclib/async/contract.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <utility>
#include <yaclib/async/future.hpp>

namespace yaclib {

template <typename V, typename E> class Promise final {
public:
  Promise();
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  ~Promise();
  [[nodiscard]] bool Valid() const & noexcept;
  template <typename... Args> void Set(Args &&...) && noexcept {}
};

template <typename V = void, typename E = StopError>
[[nodiscard]] std::pair<Future<V, E>, Promise<V, E>> MakeContract();

} // namespace yaclib
