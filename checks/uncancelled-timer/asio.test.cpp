// Handlers that also run when their timer is cancelled.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace asio = boost::asio;
using boost::system::error_code;
using namespace std::chrono_literals;

void work();
void log(const char *);

class Bad {
public:
  explicit Bad(asio::io_context &io) : timer(io) {}
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](const error_code &ec) {
      work();
      start();
    });
    // CHECK-MESSAGES: :[[@LINE-4]]:11: warning: 'timer' is armed again by its handler even when it has been cancelled; it never ends [leak-uncancelled-timer]
  }
  void stop() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

class Good {
public:
  explicit Good(asio::io_context &io) : timer(io) {}
  void start() {
    timer.expires_after(1s);
    timer.async_wait([this](const error_code &ec) {
      if (ec)
        return;
      work();
      start();
    });
  }
  void stop() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

class BadLogsOnly {
public:
  explicit BadLogsOnly(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait(std::bind(&BadLogsOnly::tick, this, std::placeholders::_1));
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'timer' is armed again by its handler even
  }
  void tick(const error_code &ec) {
    if (ec)
      log("failed");
    work();
    schedule();
  }
  ~BadLogsOnly() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

class GoodElse {
public:
  explicit GoodElse(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait(std::bind(&GoodElse::tick, this, std::placeholders::_1));
  }
  void tick(const error_code &ec) {
    if (!ec) {
      work();
      schedule();
    } else {
      log("ended");
    }
  }
  ~GoodElse() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

// All errors but the cancellation.
class BadAborted {
public:
  explicit BadAborted(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code ec) { tick(ec); });
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'timer' is armed again by its handler even
  }
  void stop() { timer.cancel(); }

private:
  void tick(error_code ec) {
    if (ec && ec != asio::error::operation_aborted)
      return;
    work();
    schedule();
  }
  asio::steady_timer timer;
};

class GoodAborted {
public:
  explicit GoodAborted(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code ec) { tick(ec); });
  }
  void stop() { timer.cancel(); }

private:
  void tick(error_code ec) {
    if (ec == asio::error::operation_aborted)
      return;
    work();
    schedule();
  }
  asio::steady_timer timer;
};

// A flag ends it.
class GoodFlag {
public:
  explicit GoodFlag(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) {
      if (stopped)
        return;
      work();
      schedule();
    });
  }
  void stop() {
    stopped = true;
    timer.cancel();
  }

private:
  bool stopped = false;
  asio::steady_timer timer;
};

class GoodFlagInside {
public:
  explicit GoodFlagInside(asio::io_context &io) : timer(io) {}
  void schedule() {
    if (stopped)
      return;
    timer.expires_after(1s);
    timer.async_wait([this](error_code) {
      work();
      schedule();
    });
  }
  void stop() {
    stopped = true;
    timer.cancel();
  }

private:
  bool stopped = false;
  asio::steady_timer timer;
};

// Cancelled only to be armed anew.
class GoodRestart {
public:
  explicit GoodRestart(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) {
      work();
      schedule();
    });
  }
  void restart() {
    timer.cancel();
    schedule();
  }

private:
  asio::steady_timer timer;
};

// Cancelled to have the handler run at once.
class GoodKick {
public:
  explicit GoodKick(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) {
      work();
      schedule();
    });
  }
  void wake() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

// The loop ends as well.
class GoodLoopEnds {
public:
  GoodLoopEnds() : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([this](error_code) {
      work();
      schedule();
    });
  }
  void stop() {
    timer.cancel();
    io.stop();
  }

private:
  asio::io_context io;
  asio::steady_timer timer;
};

// The object is gone.
class GoodWeak : public std::enable_shared_from_this<GoodWeak> {
public:
  explicit GoodWeak(asio::io_context &io) : timer(io) {}
  void schedule() {
    timer.expires_after(1s);
    timer.async_wait([weak = weak_from_this()](error_code) {
      auto self = weak.lock();
      if (!self)
        return;
      work();
      self->schedule();
    });
  }
  ~GoodWeak() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

// One shot.
class GoodOnce {
public:
  explicit GoodOnce(asio::io_context &io) : timer(io) {}
  void start() {
    timer.expires_after(1s);
    timer.async_wait([](error_code) { work(); });
  }
  void stop() { timer.cancel(); }

private:
  asio::steady_timer timer;
};

class BadStrand {
public:
  explicit BadStrand(asio::io_context &io) : strand(io.get_executor()), timer(std::make_unique<asio::steady_timer>(io)) {}
  void start() {
    timer->expires_after(1s);
    timer->async_wait(asio::bind_executor(strand, [this](error_code) { start(); }));
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'timer' is armed again by its handler even
  }
  void stop() { timer->cancel(); }

private:
  asio::strand<asio::io_context::executor_type> strand;
  std::unique_ptr<asio::steady_timer> timer;
};

// One of two.
class BadSibling {
public:
  explicit BadSibling(asio::io_context &io) : ping(io), sweep(io) {}
  void startPing() {
    ping.expires_after(1s);
    ping.async_wait([this](error_code ec) {
      if (!ec)
        startPing();
    });
  }
  void startSweep() {
    sweep.expires_after(1s);
    sweep.async_wait([this](error_code ec) {
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'sweep' is armed again by its handler, and nobody cancels it; it never ends
      if (!ec)
        startSweep();
    });
  }
  void stop() { ping.cancel(); }

private:
  asio::steady_timer ping;
  asio::steady_timer sweep;
};

class GoodSibling {
public:
  explicit GoodSibling(asio::io_context &io) : ping(io), sweep(io) {}
  void startPing() {
    ping.expires_after(1s);
    ping.async_wait([this](error_code ec) {
      if (!ec)
        startPing();
    });
  }
  void startSweep() {
    sweep.expires_after(1s);
    sweep.async_wait([this](error_code ec) {
      if (!ec)
        startSweep();
    });
  }
  void stop() {
    ping.cancel();
    sweep.cancel();
  }

private:
  asio::steady_timer ping;
  asio::steady_timer sweep;
};

// A timeout, cancelled when the answer is there, is no sibling.
class GoodTimeout {
public:
  explicit GoodTimeout(asio::io_context &io) : timeout(io), sweep(io) {}
  void startSweep() {
    sweep.expires_after(1s);
    sweep.async_wait([this](error_code ec) {
      if (!ec)
        startSweep();
    });
  }
  void cancelTimeout() { timeout.cancel(); }

private:
  asio::steady_timer timeout;
  asio::steady_timer sweep;
};
