// Notes and fix-its.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

void work();

class Bad {
public:
  explicit Bad(boost::asio::io_context &io) : timer(io) {}
  void start() {
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([this](const boost::system::error_code &ec) {
      // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'timer' is armed again by its handler even when it has been cancelled; it never ends [leak-uncancelled-timer]
      // CHECK-NOTES: :[[@LINE-2]]:22: note: its handler
      // CHECK-NOTES: :[[@LINE+7]]:23: note: cancelled here
      // CHECK-FIXES: timer.async_wait([this](const boost::system::error_code &ec) { if (ec) return;
      work();
      start();
    });
  }
  // The one who cancels it.
  void stop() { timer.cancel(); }

private:
  boost::asio::steady_timer timer;
};
