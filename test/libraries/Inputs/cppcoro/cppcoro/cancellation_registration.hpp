// A fake: the documented interface of cppcoro's <cppcoro/cancellation_registration.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <cppcoro/cancellation_token.hpp>

namespace cppcoro {

class cancellation_registration {
public:
  template <typename F> cancellation_registration(cancellation_token Token, F &&Callback) {}
  ~cancellation_registration();
};

} // namespace cppcoro
