// A fake: the documented interface of stdexec's <stdexec/stop_token.hpp>, as far as the tests call it. Nothing of it is stdexec's code.
#pragma once

namespace stdexec {

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
  inplace_stop_token get_token() const noexcept;
  bool request_stop() noexcept;
  bool stop_requested() const noexcept;
};

template <class F> class inplace_stop_callback {
public:
  template <class G> explicit inplace_stop_callback(inplace_stop_token Token, G &&Callback) {}
  ~inplace_stop_callback();
};

} // namespace stdexec
