// A fake: the documented interface of folly's <folly/OperationCancelled.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <exception>

namespace folly {

struct OperationCancelled final : public std::exception {
  const char *what() const noexcept override;
};

} // namespace folly
