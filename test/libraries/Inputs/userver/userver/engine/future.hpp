// A fake: the documented interface of userver's <userver/engine/future.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <exception>
#include <userver/engine/deadline.hpp>

namespace userver::engine {

template <typename T> class Future final {
public:
  Future();
  Future(Future &&) noexcept;
  Future &operator=(Future &&) noexcept;
  bool valid() const noexcept;
  bool is_ready() const noexcept;
  T get();
  [[nodiscard]] FutureStatus wait() const;
  template <typename Rep, typename Period> FutureStatus wait_for(std::chrono::duration<Rep, Period>) const;
  FutureStatus wait_until(Deadline) const;
};

template <typename T> class Promise final {
public:
  Promise();
  ~Promise();
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  [[nodiscard]] Future<T> get_future();
  void set_value(const T &);
  void set_exception(std::exception_ptr);
};

} // namespace userver::engine
