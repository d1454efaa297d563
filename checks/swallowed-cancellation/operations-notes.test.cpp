// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <boost/asio.hpp>

struct Bad {
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  void stop() { acceptor_.close(); }
  void accept() {
    acceptor_.async_accept(socket_, [this](boost::system::error_code error) {
      accept();
      // CHECK-NOTES: :[[@LINE-1]]:7: warning: this handler begins the next operation on 'acceptor_' without a look at 'error', by which it is told that 'acceptor_' was closed; it never ends [leak-swallowed-cancellation]
      // CHECK-NOTES: :[[@LINE-3]]:5: note: the handler is given here
      // CHECK-NOTES: :[[@LINE-6]]:17: note: closed here
    });
  }
};
