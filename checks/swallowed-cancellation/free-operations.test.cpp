// Handlers of operations that are begun by free functions, and ends that wait
// for the thread of the handlers.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <boost/asio.hpp>
#include <functional>
#include <iostream>
#include <thread>

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

class BadSerial {
public:
  void close() { port_.close(); }
  void read() {
    asio::async_read(port_, asio::buffer(data_, 10), std::bind(&BadSerial::onRead, this, std::placeholders::_1, std::placeholders::_2));
  }

private:
  void onRead(const error_code &ec, std::size_t n) {
    if (ec)
      std::cerr << "read failed: " << ec.message() << "\n";
    else
      parse(n);
    read();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this handler begins the next operation on 'port_' without a look at 'ec'
  }
  void parse(std::size_t);
  asio::serial_port port_;
  char data_[10];
};

class GoodSerial {
public:
  void close() { port_.close(); }
  void read() {
    asio::async_read(port_, asio::buffer(data_, 10), std::bind(&GoodSerial::onRead, this, std::placeholders::_1, std::placeholders::_2));
  }

private:
  void onRead(const error_code &ec, std::size_t n) {
    if (ec == asio::error::operation_aborted)
      return;
    read();
  }
  asio::serial_port port_;
  char data_[10];
};

// Of the project's own: it may keep the handler until there is something.
void async_fetch(asio::serial_port &, std::function<void(error_code)>);
class GoodOwnFunction {
public:
  void close() { port_.close(); }
  void read() {
    async_fetch(port_, [this](error_code ec) { read(); });
  }
  asio::serial_port port_;
};

class BadJoins {
public:
  ~BadJoins() {
    socket_.close();
    thread_.join();
  }
  void receive() {
    socket_.async_receive_from(asio::buffer(data_), from_, [this](error_code ec, std::size_t n) {
      if (!ec)
        handle(n);
      receive();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this handler begins the next operation on 'socket_' without a look at 'ec'
    });
  }
  void handle(std::size_t);
  asio::io_context io_;
  std::thread thread_{[this] { io_.run(); }};
  udp::socket socket_{io_};
  udp::endpoint from_;
  char data_[512];
};
