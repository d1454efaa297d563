// A fake: the documented interface of folly's <folly/concurrency/UnboundedQueue.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>

namespace folly {

template <typename T> using Optional = std::optional<T>; // in folly a class of its own

template <typename T, bool SingleProducer, bool SingleConsumer, bool MayBlock>
class UnboundedQueue {
public:
  UnboundedQueue();
  ~UnboundedQueue();
  void enqueue(const T &Item);
  void enqueue(T &&Item);
  void dequeue(T &Item);
  T dequeue();
  bool try_dequeue(T &Item);
  Optional<T> try_dequeue();
  template <typename Clock, typename Duration>
  bool try_dequeue_until(T &Item, const std::chrono::time_point<Clock, Duration> &Deadline);
  template <typename Clock, typename Duration>
  Optional<T> try_dequeue_until(const std::chrono::time_point<Clock, Duration> &Deadline);
  template <typename Rep, typename Period>
  bool try_dequeue_for(T &Item, const std::chrono::duration<Rep, Period> &Duration);
  template <typename Rep, typename Period>
  Optional<T> try_dequeue_for(const std::chrono::duration<Rep, Period> &Duration);
  const T *try_peek() noexcept;
  std::size_t size() const noexcept;
  bool empty() const noexcept;
};

template <typename T, bool MayBlock> using USPSCQueue = UnboundedQueue<T, true, true, MayBlock>;
template <typename T, bool MayBlock> using UMPMCQueue = UnboundedQueue<T, false, false, MayBlock>;

} // namespace folly
