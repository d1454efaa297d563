// A fake: the documented interface of folly's <folly/coro/AsyncPipe.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/coro/Task.h>
#include <cstddef>
#include <functional>
#include <utility>

namespace folly {
namespace coro {

template <typename T> class AsyncGenerator {
public:
  detail::TaskAwaiter<std::optional<int>> next();
};

template <typename T, bool SingleProducer = true> class AsyncPipe {
public:
  AsyncPipe(AsyncPipe &&) noexcept;
  AsyncPipe &operator=(AsyncPipe &&);
  ~AsyncPipe();
  static std::pair<AsyncGenerator<T &&>, AsyncPipe> create(std::function<void()> OnClosed = nullptr);
  template <typename U = T> bool write(U &&Value);
  void close(exception_wrapper Exception) &&;
  void close() &&;
  bool isClosed() const;
};

template <typename T, bool SingleProducer = true> class BoundedAsyncPipe {
public:
  BoundedAsyncPipe(BoundedAsyncPipe &&) noexcept;
  static std::pair<AsyncGenerator<T &&>, BoundedAsyncPipe>
  create(std::size_t Tokens, std::function<void()> OnClosed = nullptr);
  template <typename U = T> Task<bool> write(U &&Value);
  template <typename U = T> bool try_write(U &&Value);
  std::size_t getAvailableSpace();
  std::size_t getOccupiedSpace();
  void close(exception_wrapper &&Exception) &&;
  void close() &&;
  bool isClosed() const;
};

} // namespace coro
} // namespace folly
