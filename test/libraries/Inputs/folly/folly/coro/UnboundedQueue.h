// A fake: the documented interface of folly's <folly/coro/UnboundedQueue.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/coro/Task.h>
#include <cstddef>
#include <optional>

namespace folly {
namespace coro {

template <typename T, bool SingleProducer = false, bool SingleConsumer = false> class UnboundedQueue {
public:
  UnboundedQueue();
  template <typename U = T> void enqueue(U &&Item);
  Task<T> dequeue();
  Task<void> dequeue(T &Item);
  template <typename Duration> Task<T> co_try_dequeue_for(Duration Timeout);
  std::optional<T> try_dequeue();
  bool try_dequeue(T &Item);
  const T *try_peek() noexcept;
  bool empty() const noexcept;
  std::size_t size() const noexcept;
};

} // namespace coro
} // namespace folly
