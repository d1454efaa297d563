// A fake: the documented interface of folly's <folly/CancellationToken.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once

namespace folly {

class CancellationToken {
public:
  CancellationToken() noexcept;
  CancellationToken(const CancellationToken &) noexcept;
  CancellationToken &operator=(const CancellationToken &) noexcept;
  bool isCancellationRequested() const noexcept;
  bool canBeCancelled() const noexcept;
  void swap(CancellationToken &Other) noexcept;
};

class CancellationSource {
public:
  CancellationSource();
  CancellationSource(const CancellationSource &) noexcept;
  CancellationSource &operator=(const CancellationSource &) noexcept;
  static CancellationSource invalid() noexcept;
  bool isCancellationRequested() const noexcept;
  bool canBeCancelled() const noexcept;
  CancellationToken getToken() const noexcept;
  bool requestCancellation() const noexcept;
  void swap(CancellationSource &Other) noexcept;
};

class CancellationCallback {
public:
  template <typename Callable>
  CancellationCallback(const CancellationToken &Token, Callable &&Work) {}
  ~CancellationCallback();
  CancellationCallback(const CancellationCallback &) = delete;
  CancellationCallback &operator=(const CancellationCallback &) = delete;
};

} // namespace folly
