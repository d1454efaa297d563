// A fake: the documented interface of userver's <userver/engine/mutex.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <mutex>
#include <userver/engine/deadline.hpp>

namespace userver::engine {

class Mutex final {
public:
  Mutex();
  ~Mutex();
  void lock();
  void unlock();
  [[nodiscard]] bool try_lock() noexcept;
  template <typename Rep, typename Period>
  [[nodiscard]] bool try_lock_for(const std::chrono::duration<Rep, Period> &);
  [[nodiscard]] bool try_lock_until(Deadline);
};

} // namespace userver::engine
