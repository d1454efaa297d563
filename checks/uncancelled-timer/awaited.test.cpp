// Coroutines that wait for their timer again when it has been cancelled.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-uncancelled-timer -std=c++20 -- -DBOOST_ASIO_HAS_CO_AWAIT=1

#include <utility>

#include <boost/asio.hpp>
#include <chrono>
#include <deque>
#include <functional>

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

void work();
void log(const error_code &error);

class Bad {
public:
  explicit Bad(asio::io_context &io) : timer(io) {}
  void stop() { timer.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      // CHECK-MESSAGES: :[[@LINE-2]]:22: warning: nobody looks at 'error', which says that 'timer' has been cancelled; this loop waits again, and never ends [leak-uncancelled-timer]
      work();
    }
  }

private:
  asio::steady_timer timer;
};

class BadDestroyed {
public:
  explicit BadDestroyed(asio::io_context &io) : timer(io) {}
  ~BadDestroyed() { timer.cancel(); }
  asio::awaitable<void> run() {
    error_code error;
    while (true) {
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      // CHECK-MESSAGES: :[[@LINE-2]]:22: warning: nobody looks at 'error', which says that 'timer' has been cancelled; this loop waits again, and never ends [leak-uncancelled-timer]
      for (int i = 0; i < 3; ++i) {
        if (i == turns)
          break;
        work();
      }
    }
  }

private:
  int turns = 0;
  asio::steady_timer timer;
};

class Good {
public:
  explicit Good(asio::io_context &io) : timer(io) {}
  void stop() { timer.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      if (error)
        co_return;
      work();
    }
  }

private:
  asio::steady_timer timer;
};

// It throws.
class Throws {
public:
  explicit Throws(asio::io_context &io) : timer(io) {}
  void stop() { timer.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      timer.expires_after(1s);
      co_await timer.async_wait(asio::use_awaitable);
      work();
    }
  }

private:
  asio::steady_timer timer;
};

class Flagged {
public:
  explicit Flagged(asio::io_context &io) : timer(io) {}
  void stop() {
    stopped = true;
    timer.cancel();
  }
  asio::awaitable<void> run() {
    while (!stopped) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      work();
    }
  }
  asio::awaitable<void> tested() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      if (stopped)
        break;
    }
  }

private:
  bool stopped = false;
  asio::steady_timer timer;
};

// It is woken up like that.
class Queue {
public:
  explicit Queue(asio::io_context &io) : timer(io) {}
  ~Queue() { timer.cancel(); }
  void push(int value) {
    values.push_back(value);
    timer.cancel();
  }
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1h);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      values.clear();
    }
  }

private:
  std::deque<int> values;
  asio::steady_timer timer;
};

// What runs it ends.
class Stopped {
public:
  Stopped() : timer(io) {}
  void stop() {
    timer.cancel();
    io.stop();
  }
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      work();
    }
  }

private:
  asio::io_context io;
  asio::steady_timer timer;
};

// Nobody wants it to end.
class Endless {
public:
  explicit Endless(asio::io_context &io) : timer(io) {}
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      work();
    }
  }

private:
  asio::steady_timer timer;
};

// Whoever is called may throw; or is told.
class Told {
public:
  explicit Told(asio::io_context &io, std::function<void()> tick)
      : timer(io), tick(tick) {}
  void stop() { timer.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      log(error);
    }
  }
  asio::awaitable<void> others(asio::steady_timer &other) {
    for (;;) {
      error_code error;
      timer.expires_after(1s);
      co_await timer.async_wait(
          asio::redirect_error(asio::use_awaitable, error));
      co_await other.async_wait(asio::use_awaitable);
    }
  }

private:
  asio::steady_timer timer;
  std::function<void()> tick;
};
