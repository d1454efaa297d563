// A fake: the documented interface of cppcoro's <cppcoro/io_service.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
#include <chrono>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/task.hpp>
#include <cstdint>

namespace cppcoro {

class io_service {
public:
  io_service();
  ~io_service();
  [[nodiscard]] detail::awaiter<void> schedule() noexcept;
  template <typename Rep, typename Period>
  [[nodiscard]] detail::awaiter<void> schedule_after(const std::chrono::duration<Rep, Period> &Delay,
                                                     cancellation_token Token = {}) noexcept;
  std::uint64_t process_events();
  std::uint64_t process_pending_events();
  std::uint64_t process_one_event();
  std::uint64_t process_one_pending_event();
  void stop() noexcept;
  void reset();
  bool is_stop_requested() const noexcept;
  void notify_work_started() noexcept;
  void notify_work_finished() noexcept;
};

} // namespace cppcoro
