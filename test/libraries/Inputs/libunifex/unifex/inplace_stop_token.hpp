// A fake: the documented interface of libunifex's <unifex/inplace_stop_token.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once
#include <utility>

namespace unifex {

class inplace_stop_token {
public:
  inplace_stop_token() noexcept;
  inplace_stop_token(const inplace_stop_token &) noexcept;
  inplace_stop_token &operator=(const inplace_stop_token &) noexcept;
  bool stop_requested() const noexcept;
  bool stop_possible() const noexcept;
  void swap(inplace_stop_token &Other) noexcept;
};

class inplace_stop_source {
public:
  inplace_stop_source() noexcept;
  ~inplace_stop_source();
  bool request_stop() noexcept;
  inplace_stop_token get_token() noexcept;
  bool stop_requested() const noexcept;
};

template <typename F> class inplace_stop_callback {
public:
  explicit inplace_stop_callback(inplace_stop_token Token, F &&Callback) {}
  ~inplace_stop_callback();
};

} // namespace unifex
