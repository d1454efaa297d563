// Timers and work guards.
//
// RUN: %check_leaks %s leak-discarded-handle -std=c++17

#include <boost/asio.hpp>
#include <boost/asio/spawn.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace asio = boost::asio;
using namespace std::chrono_literals;

void expired(const boost::system::error_code &);
void more();

void timers(asio::io_context &io) {
  asio::steady_timer(io, 5s).async_wait([](boost::system::error_code) { more(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this timer ends at once, which cancels its wait: the callback is only told so [leak-discarded-handle]
  asio::steady_timer{io, 5s}.async_wait(&expired);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this timer ends at once
  asio::steady_timer(io, 5s).async_wait(std::bind(expired, std::placeholders::_1));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this timer ends at once
  io.run();
}

void keepsRunning(asio::io_context &io) {
  asio::make_work_guard(io);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'executor_work_guard' ends on the line on which it begins: it keeps nothing running [leak-discarded-handle]
  // CHECK-FIXES: auto guard = asio::make_work_guard(io);
  io.run();
}

void old(asio::io_context *io) {
  asio::io_context::work{*io};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'work' ends on the line on which it begins: it keeps nothing running
  // CHECK-FIXES: asio::io_context::work guard{*io};
  io->run();
}

void endsWithTheBlock(asio::io_context &io, bool slow) {
  if (slow) {
    asio::steady_timer timer(io, 5s);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'timer' ends as soon as it is armed, which cancels its wait: the callback is only told so [leak-discarded-handle]
    timer.async_wait([](boost::system::error_code) { more(); });
  }
  io.run();
}

void outlives(asio::io_context &io, asio::steady_timer &timer, bool slow) {
  asio::steady_timer other(io, 5s);
  if (slow)
    other.async_wait(&expired);
  {
    other.async_wait(&expired);
  }
  static asio::steady_timer forEver(io, 5s);
  timer.async_wait(&expired);
  io.run();
  forEver.async_wait(&expired);
}

void good(asio::io_context &io) {
  auto work = asio::make_work_guard(io);
  auto timer = std::make_shared<asio::steady_timer>(io, 5s);
  timer->async_wait([timer](boost::system::error_code) { more(); });
  asio::steady_timer local(io, 5s);
  local.async_wait(&expired);
  asio::steady_timer(io, 5s).wait();
  asio::steady_timer(io, 5s).async_wait(asio::use_future).get();
  io.run();
}

void inStackfulCoroutine(asio::io_context &io, asio::yield_context yield) {
  asio::steady_timer(io, 5s).async_wait(yield);
  asio::steady_timer timer(io, 5s);
  timer.async_wait(yield);
}
