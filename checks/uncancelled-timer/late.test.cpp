// Handlers that run when their object is gone.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

void log(const error_code &);

class Bad {
public:
  explicit Bad(asio::io_context &io) : timer(io) {}
  ~Bad() { timer.cancel(); }
  void start() {
    timer.expires_after(1s);
    timer.async_wait(std::bind(&Bad::tick, this, std::placeholders::_1));
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the handler of 'timer' goes on when it has been cancelled; its object is destroyed then [leak-uncancelled-timer]
  }

private:
  void tick(const error_code &ec) {
    std::lock_guard<std::mutex> lock(mutex);
    if (ec)
      return;
    ++ticks;
  }
  asio::steady_timer timer;
  std::mutex mutex;
  int ticks = 0;
};

class BadLambda {
public:
  explicit BadLambda(asio::io_context &io) : timer(std::make_unique<asio::steady_timer>(io)) {}
  ~BadLambda() { stop(); }
  void start() {
    timer->expires_after(1s);
    timer->async_wait([this](const error_code &) { expired(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the handler of 'timer' goes on when it has been cancelled
  }
  void stop() {
    if (timer)
      timer->cancel();
  }

private:
  void expired() { ++ticks; }
  std::unique_ptr<asio::steady_timer> timer;
  int ticks = 0;
};

class Good {
public:
  explicit Good(asio::io_context &io) : timer(io) {}
  ~Good() { timer.cancel(); }
  void start() {
    timer.expires_after(1s);
    timer.async_wait(std::bind(&Good::tick, this, std::placeholders::_1));
  }

private:
  void tick(const error_code &ec) {
    if (ec)
      return;
    std::lock_guard<std::mutex> lock(mutex);
    ++ticks;
  }
  asio::steady_timer timer;
  std::mutex mutex;
  int ticks = 0;
};

class GoodLogs {
public:
  explicit GoodLogs(asio::io_context &io) : timer(io) {}
  ~GoodLogs() { timer.cancel(); }
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code ec) {
      log(ec);
      if (ec == asio::error::operation_aborted)
        return;
      ++ticks;
    });
  }

private:
  asio::steady_timer timer;
  int ticks = 0;
};

class GoodShared : public std::enable_shared_from_this<GoodShared> {
public:
  explicit GoodShared(asio::io_context &io) : timer(io) {}
  ~GoodShared() { timer.cancel(); }
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this, self = shared_from_this()](error_code) { ++ticks; });
    timer.async_wait(std::bind(&GoodShared::tick, shared_from_this()));
  }

private:
  void tick() { ++ticks; }
  asio::steady_timer timer;
  int ticks = 0;
};

class GoodWeak : public std::enable_shared_from_this<GoodWeak> {
public:
  explicit GoodWeak(asio::io_context &io) : timer(io) {}
  ~GoodWeak() { timer.cancel(); }
  void start() {
    std::weak_ptr<GoodWeak> weak = shared_from_this();
    timer.expires_after(1s);
    timer.async_wait([this, weak](error_code) {
      if (auto self = weak.lock())
        ++ticks;
    });
  }

private:
  asio::steady_timer timer;
  int ticks = 0;
};

// Its own loop never runs again.
class GoodOwnLoop {
public:
  GoodOwnLoop() : timer(io) {}
  ~GoodOwnLoop() { timer.cancel(); }
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) { ++ticks; });
  }

private:
  asio::io_context io;
  asio::steady_timer timer;
  int ticks = 0;
};

class GoodStops {
public:
  explicit GoodStops(asio::io_context &io) : io(io), timer(io) {}
  ~GoodStops() {
    timer.cancel();
    io.stop();
  }
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) { ++ticks; });
  }

private:
  asio::io_context &io;
  asio::steady_timer timer;
  int ticks = 0;
};

// It waits until the handler has run.
void awaitHandlers();
class GoodAwaits {
public:
  explicit GoodAwaits(asio::io_context &io) : timer(io) {}
  ~GoodAwaits() {
    timer.cancel();
    awaitHandlers();
  }
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) { ++ticks; });
  }

private:
  asio::steady_timer timer;
  int ticks = 0;
};
