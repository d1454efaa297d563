// A fake: the documented interface of userver's <userver/engine/semaphore.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <cstddef>
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class Semaphore final {
public:
  using Counter = std::size_t;
  explicit Semaphore(Counter Capacity);
  ~Semaphore();
  void SetCapacity(Counter Capacity);
  [[nodiscard]] Counter GetCapacity() const noexcept;
  [[nodiscard]] std::size_t RemainingApprox() const;
  void lock_shared();
  void unlock_shared();
  [[nodiscard]] bool try_lock_shared();
  template <typename Rep, typename Period>
  [[nodiscard]] bool try_lock_shared_for(std::chrono::duration<Rep, Period>);
  [[nodiscard]] bool try_lock_shared_until(Deadline);
  void lock_shared_count(Counter);
  void unlock_shared_count(Counter);
  [[nodiscard]] bool try_lock_shared_count(Counter);
  [[nodiscard]] bool try_lock_shared_until_count(Deadline, Counter);
};

class CancellableSemaphore final {
public:
  using Counter = std::size_t;
  explicit CancellableSemaphore(Counter Capacity);
  ~CancellableSemaphore();
  void SetCapacity(Counter Capacity);
  [[nodiscard]] Counter GetCapacity() const noexcept;
  [[nodiscard]] std::size_t RemainingApprox() const;
  void lock_shared();
  void unlock_shared();
  [[nodiscard]] bool try_lock_shared();
  template <typename Rep, typename Period>
  [[nodiscard]] bool try_lock_shared_for(std::chrono::duration<Rep, Period>);
  [[nodiscard]] bool try_lock_shared_until(Deadline);
  void lock_shared_count(Counter);
  void unlock_shared_count(Counter);
  [[nodiscard]] bool try_lock_shared_count(Counter);
  [[nodiscard]] bool try_lock_shared_until_count(Deadline, Counter);
};

} // namespace userver::engine
