// A fake: the documented interface of concurrencpp's <concurrencpp/concurrencpp.h>, as far as the tests call it. Nothing of it is concurrencpp's code.
#pragma once
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace concurrencpp {

enum class result_status { idle, value, exception };
class scoped_async_lock;
class executor;

namespace details {

template <typename T> struct awaiter {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  T await_resume();
};

struct promise_base {
  std::suspend_never initial_suspend() noexcept;
  std::suspend_never final_suspend() noexcept;
  void unhandled_exception() noexcept;
};

} // namespace details

template <class T> class result {
public:
  result() noexcept;
  result(result &&) noexcept;
  result &operator=(result &&) noexcept;
  ~result() noexcept;
  explicit operator bool() const noexcept;
  result_status status() const;
  void wait() const;
  template <class Rep, class Period>
  result_status wait_for(std::chrono::duration<Rep, Period> Duration) const;
  template <class Clock, class Duration>
  result_status wait_until(std::chrono::time_point<Clock, Duration> Until) const;
  T get();
  details::awaiter<T> operator co_await();
  details::awaiter<result<T>> resolve();
};

template <class T> class result_promise {
public:
  result_promise();
  result_promise(result_promise &&) noexcept;
  result_promise &operator=(result_promise &&) noexcept;
  ~result_promise() noexcept;
  explicit operator bool() const noexcept;
  template <class... Args> void set_result(Args &&...) {}
  void set_exception(std::exception_ptr Error);
  template <class F> void set_from_function(F &&Work) noexcept {}
  result<T> get_result();
};

template <class T> class shared_result {
public:
  shared_result() noexcept;
  shared_result(result<T> Result);
  shared_result(const shared_result &) noexcept;
  shared_result &operator=(const shared_result &) noexcept;
  ~shared_result() noexcept;
  operator bool() const noexcept;
  result_status status() const;
  void wait();
  template <class Rep, class Period> result_status wait_for(std::chrono::duration<Rep, Period> Duration);
  template <class Clock, class Duration> result_status wait_until(std::chrono::time_point<Clock, Duration> Until);
  T &get();
  details::awaiter<T> operator co_await();
};

template <class T> class [[nodiscard]] lazy_result {
public:
  struct promise_type : details::promise_base {
    lazy_result get_return_object() noexcept;
    void return_value(T);
  };
  lazy_result() noexcept;
  lazy_result(lazy_result &&) noexcept;
  lazy_result &operator=(lazy_result &&) noexcept;
  ~lazy_result() noexcept;
  explicit operator bool() const noexcept;
  result_status status() const;
  details::awaiter<T> operator co_await();
  details::awaiter<lazy_result<T>> resolve();
  result<T> run();
};

template <> struct lazy_result<void>::promise_type : details::promise_base {
  lazy_result<void> get_return_object() noexcept;
  void return_void();
};

class task {
public:
  task() noexcept;
  template <class F> task(F &&Work) {}
  task(task &&) noexcept;
  ~task() noexcept;
  void operator()();
};

class executor {
public:
  executor(std::string_view Name);
  virtual ~executor() noexcept;
  virtual void enqueue(task Work) = 0;
  virtual int max_concurrency_level() const noexcept = 0;
  virtual bool shutdown_requested() const = 0;
  virtual void shutdown() = 0;
  template <class F, class... Args> void post(F &&Work, Args &&...) {}
  template <class F, class... Args> auto submit(F &&Work, Args &&...) {
    return result<std::invoke_result_t<F, Args...>>();
  }
};

template <class Concrete> class derivable_executor : public executor {
public:
  using executor::executor;
};

class thread_pool_executor final : public derivable_executor<thread_pool_executor> {
public:
  ~thread_pool_executor() noexcept override;
  void enqueue(task Work) override;
  int max_concurrency_level() const noexcept override;
  bool shutdown_requested() const override;
  void shutdown() override;
};

class manual_executor final : public derivable_executor<manual_executor> {
public:
  void enqueue(task Work) override;
  int max_concurrency_level() const noexcept override;
  bool shutdown_requested() const override;
  void shutdown() override;
  std::size_t size() const;
  std::size_t clear();
  bool loop_once();
  std::size_t loop(std::size_t Max);
  void wait_for_task();
  bool wait_for_task_for(std::chrono::milliseconds Timeout);
  void wait_for_tasks(std::size_t Count);
  std::size_t wait_for_tasks_for(std::size_t Count, std::chrono::milliseconds Timeout);
};

class async_lock {
public:
  ~async_lock() noexcept;
  lazy_result<scoped_async_lock> lock(std::shared_ptr<executor> Where);
  lazy_result<bool> try_lock();
  void unlock();
};

class scoped_async_lock {
public:
  scoped_async_lock() noexcept;
  scoped_async_lock(scoped_async_lock &&) noexcept;
  ~scoped_async_lock() noexcept;
  lazy_result<void> lock(std::shared_ptr<executor> Where);
  lazy_result<bool> try_lock();
  void unlock();
  bool owns_lock() const noexcept;
  void swap(scoped_async_lock &Other) noexcept;
  async_lock *release() noexcept;
  async_lock *mutex() const noexcept;
};

class async_condition_variable {
public:
  async_condition_variable() noexcept;
  ~async_condition_variable() noexcept;
  lazy_result<void> await(std::shared_ptr<executor> Where, scoped_async_lock &Lock);
  template <class P>
  lazy_result<void> await(std::shared_ptr<executor> Where, scoped_async_lock &Lock, P Predicate) {
    return lazy_result<void>();
  }
  void notify_one();
  void notify_all();
};

class timer {
public:
  timer() noexcept;
  timer(timer &&) noexcept;
  timer &operator=(timer &&) noexcept;
  ~timer() noexcept;
  void cancel();
  std::chrono::milliseconds get_frequency() const;
  void set_frequency(std::chrono::milliseconds Frequency);
  explicit operator bool() const noexcept;
};

class timer_queue {
public:
  ~timer_queue() noexcept;
  void shutdown();
  bool shutdown_requested() const noexcept;
  template <class F, class... Args>
  timer make_timer(std::chrono::milliseconds Due, std::chrono::milliseconds Frequency,
                   std::shared_ptr<executor> Where, F &&Work, Args &&...) {
    return timer();
  }
  template <class F, class... Args>
  timer make_one_shot_timer(std::chrono::milliseconds Due, std::shared_ptr<executor> Where, F &&Work, Args &&...) {
    return timer();
  }
  lazy_result<void> make_delay_object(std::chrono::milliseconds Due, std::shared_ptr<executor> Where);
};

class runtime {
public:
  runtime();
  ~runtime() noexcept;
  std::shared_ptr<concurrencpp::timer_queue> timer_queue() const noexcept;
  std::shared_ptr<concurrencpp::thread_pool_executor> thread_pool_executor() const noexcept;
  std::shared_ptr<concurrencpp::manual_executor> make_manual_executor();
};

} // namespace concurrencpp
