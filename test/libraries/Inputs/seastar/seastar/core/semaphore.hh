// A fake: the documented interface of seastar's <seastar/core/semaphore.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <chrono>
#include <cstddef>
#include <seastar/core/abort_source.hh>
#include <seastar/core/future.hh>

namespace seastar {

struct semaphore_default_exception_factory {};

template <typename ExceptionFactory, typename Clock = std::chrono::steady_clock> class basic_semaphore {
public:
  using duration = typename Clock::duration;
  using time_point = typename Clock::time_point;
  explicit basic_semaphore(std::size_t Count) noexcept;
  basic_semaphore(basic_semaphore &&) noexcept;
  future<> wait(std::size_t N = 1) noexcept;
  future<> wait(time_point Timeout, std::size_t N = 1) noexcept;
  future<> wait(duration Timeout, std::size_t N = 1) noexcept;
  future<> wait(abort_source &Abort, std::size_t N = 1) noexcept;
  void signal(std::size_t N = 1) noexcept;
  void consume(std::size_t N = 1) noexcept;
  bool try_wait(std::size_t N = 1) noexcept;
  std::size_t current() const noexcept;
  std::size_t waiters() const noexcept;
  void broken() noexcept;
  void broken(std::exception_ptr Error) noexcept;
};

using semaphore = basic_semaphore<semaphore_default_exception_factory>;

template <typename ExceptionFactory = semaphore_default_exception_factory, typename Clock = std::chrono::steady_clock>
class semaphore_units {
public:
  semaphore_units() noexcept;
  semaphore_units(basic_semaphore<ExceptionFactory, Clock> &Semaphore, std::size_t N) noexcept;
  semaphore_units(semaphore_units &&) noexcept;
  semaphore_units &operator=(semaphore_units &&) noexcept;
  ~semaphore_units() noexcept;
  std::size_t return_units(std::size_t N);
  void return_all() noexcept;
  std::size_t release() noexcept;
  std::size_t count() const noexcept;
};

template <typename ExceptionFactory, typename Clock>
future<semaphore_units<ExceptionFactory, Clock>> get_units(basic_semaphore<ExceptionFactory, Clock> &Semaphore,
                                                           std::size_t N) noexcept;
template <typename ExceptionFactory, typename Clock, typename F>
auto with_semaphore(basic_semaphore<ExceptionFactory, Clock> &Semaphore, std::size_t N, F &&Work) noexcept {
  return Work();
}

} // namespace seastar
