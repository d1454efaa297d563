// Who closes the object joins what runs the handlers, and somebody stops that.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation --silent -- -std=c++17

#include <boost/asio.hpp>
#include <thread>

namespace asio = boost::asio;
using asio::ip::udp;
using boost::system::error_code;

class GoodStopsBefore {
public:
  void stop() { io_.stop(); }
  ~GoodStopsBefore() {
    socket_.close();
    thread_.join();
  }
  void receive() {
    socket_.async_receive_from(asio::buffer(data_), from_, [this](error_code ec, std::size_t n) {
      if (!ec)
        handle(n);
      receive();
    });
  }
  void handle(std::size_t);
  asio::io_context io_;
  std::thread thread_{[this] { io_.run(); }};
  udp::socket socket_{io_};
  udp::endpoint from_;
  char data_[512];
};
