// A fake: the documented interface of userver's <userver/utils/impl/wait_token_storage.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <cstdint>

namespace userver::utils::impl {

class WaitTokenStorage final {
public:
  class Token final {
  public:
    Token() = default;
    explicit Token(WaitTokenStorage &);
    Token(const Token &);
    Token &operator=(const Token &);
    ~Token();
  };
  WaitTokenStorage();
  ~WaitTokenStorage();
  Token GetToken();
  std::uint64_t AliveTokensApprox() const noexcept;
  void WaitForAllTokens() noexcept;
};

} // namespace userver::utils::impl
