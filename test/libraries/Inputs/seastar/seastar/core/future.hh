// A fake: the documented interface of seastar's <seastar/core/future.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <exception>
#include <type_traits>
#include <utility>

namespace seastar {

template <typename T = void> class future;

template <typename T = void> class promise {
public:
  promise() noexcept;
  promise(promise &&) noexcept;
  promise &operator=(promise &&) noexcept;
  ~promise();
  future<T> get_future() noexcept;
  template <typename... A> void set_value(A &&...) noexcept {}
  void set_exception(const std::exception_ptr &) noexcept;
  void set_to_current_exception() noexcept;
};

template <typename T> class [[nodiscard]] future {
public:
  future(future &&) noexcept;
  future &operator=(future &&) noexcept;
  ~future();
  T get();
  void wait() noexcept;
  bool available() const noexcept;
  bool failed() const noexcept;
  template <typename F> future<T> then(F &&Work) noexcept { return std::move(*this); }
  template <typename F> future<T> then_wrapped(F &&Work) noexcept { return std::move(*this); }
  template <typename F> future<T> finally(F &&Work) noexcept { return std::move(*this); }
  template <typename F> future<T> handle_exception(F &&Work) noexcept { return std::move(*this); }
  future<> discard_result() noexcept;
  future<> or_terminate() noexcept;
  void ignore_ready_future() noexcept;
};

} // namespace seastar
