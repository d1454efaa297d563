// A fake: the documented interface of folly's <folly/MPMCQueue.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace folly {

namespace detail {

template <typename T> class MPMCQueueBase;

template <template <typename, template <typename> class, bool, class> class Derived, typename T,
          template <typename> class Atom, bool Dynamic, class Allocator>
class MPMCQueueBase<Derived<T, Atom, Dynamic, Allocator>> {
public:
  std::ptrdiff_t size() const noexcept;
  bool isEmpty() const noexcept;
  bool isFull() const noexcept;
  std::size_t capacity() const noexcept;
  template <typename... Args> void blockingWrite(Args &&...) noexcept;
  template <typename... Args> bool write(Args &&...) noexcept;
  template <typename Clock, typename... Args>
  bool tryWriteUntil(const std::chrono::time_point<Clock> &When, Args &&...) noexcept;
  template <typename... Args> bool writeIfNotFull(Args &&...) noexcept;
  void blockingRead(T &Element) noexcept;
  void blockingReadWithTicket(std::uint64_t &Ticket, T &Element) noexcept;
  bool read(T &Element) noexcept;
  bool readAndGetTicket(std::uint64_t &Ticket, T &Element) noexcept;
  template <typename Clock>
  bool tryReadUntil(const std::chrono::time_point<Clock> &When, T &Element) noexcept;
  bool readIfNotEmpty(T &Element) noexcept;
};

} // namespace detail

template <typename T, template <typename> class Atom = std::atomic, bool Dynamic = false,
          class Allocator = std::allocator<T>>
class MPMCQueue : public detail::MPMCQueueBase<MPMCQueue<T, Atom, Dynamic, Allocator>> {
public:
  MPMCQueue() noexcept;
  explicit MPMCQueue(std::size_t Capacity);
};

} // namespace folly
