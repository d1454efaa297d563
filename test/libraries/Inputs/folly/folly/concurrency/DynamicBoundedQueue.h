// A fake: the documented interface of folly's <folly/concurrency/DynamicBoundedQueue.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace folly {

template <typename T, bool SingleProducer, bool SingleConsumer, bool MayBlock>
class DynamicBoundedQueue {
public:
  explicit DynamicBoundedQueue(std::uint64_t Capacity);
  ~DynamicBoundedQueue();
  void enqueue(const T &Item);
  void enqueue(T &&Item);
  bool try_enqueue(const T &Item);
  bool try_enqueue(T &&Item);
  template <typename Clock, typename Duration>
  bool try_enqueue_until(const T &Item, const std::chrono::time_point<Clock, Duration> &Deadline);
  template <typename Rep, typename Period>
  bool try_enqueue_for(const T &Item, const std::chrono::duration<Rep, Period> &Duration);
  void dequeue(T &Item);
  bool try_dequeue(T &Item);
  template <typename Clock, typename Duration>
  bool try_dequeue_until(T &Item, const std::chrono::time_point<Clock, Duration> &Deadline);
  template <typename Rep, typename Period>
  bool try_dequeue_for(T &Item, const std::chrono::duration<Rep, Period> &Duration);
  void reset_capacity(std::uint64_t Capacity);
  std::size_t size() const noexcept;
  bool empty() const noexcept;
};

template <typename T, bool MayBlock>
using DMPMCQueue = DynamicBoundedQueue<T, false, false, MayBlock>;

} // namespace folly
