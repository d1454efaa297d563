// A fake: the documented interface of cppcoro's <cppcoro/cancellation_token.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
namespace cppcoro {

class cancellation_token {
public:
  cancellation_token() noexcept;
  cancellation_token(const cancellation_token &) noexcept;
  cancellation_token &operator=(const cancellation_token &) noexcept;
  ~cancellation_token();
  void swap(cancellation_token &Other) noexcept;
  bool can_be_cancelled() const noexcept;
  bool is_cancellation_requested() const noexcept;
  void throw_if_cancellation_requested() const;
};

} // namespace cppcoro
