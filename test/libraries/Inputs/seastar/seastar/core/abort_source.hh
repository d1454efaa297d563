// A fake: the documented interface of seastar's <seastar/core/abort_source.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <exception>
#include <functional>
#include <optional>

namespace seastar {

class abort_source {
public:
  class subscription {
  public:
    subscription() noexcept;
    subscription(subscription &&) noexcept;
    subscription &operator=(subscription &&) noexcept;
    ~subscription();
    explicit operator bool() const noexcept;
  };
  abort_source() noexcept;
  abort_source(abort_source &&) noexcept;
  virtual ~abort_source();
  template <typename F> [[nodiscard]] std::optional<subscription> subscribe(F &&Callback) { return {}; }
  void request_abort() noexcept;
  void request_abort_ex(std::exception_ptr Error) noexcept;
  bool abort_requested() const noexcept;
  void check() const;
};

} // namespace seastar
