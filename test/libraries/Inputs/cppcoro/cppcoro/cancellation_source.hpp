// A fake: the documented interface of cppcoro's <cppcoro/cancellation_source.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/cancellation_token.hpp>

namespace cppcoro {

class cancellation_source {
public:
  cancellation_source();
  cancellation_source(const cancellation_source &) noexcept;
  cancellation_source &operator=(const cancellation_source &) noexcept;
  ~cancellation_source();
  bool can_be_cancelled() const noexcept;
  cancellation_token token() const noexcept;
  void request_cancellation();
  bool is_cancellation_requested() const noexcept;
};

} // namespace cppcoro
