// Handlers that begin the next operation although it is told that all is over.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <boost/asio.hpp>
#include <memory>

using boost::asio::ip::tcp;
using boost::asio::ip::udp;
using boost::system::error_code;

void serve(std::shared_ptr<tcp::socket>);

class BadServer {
public:
  explicit BadServer(boost::asio::io_context &io)
      : io_(io), acceptor_(io, tcp::endpoint(tcp::v4(), 8080)) {
    accept();
  }
  void stop() { acceptor_.close(); }

private:
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      accept();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this handler begins the next operation on 'acceptor_' without a look at 'ec', by which it is told that 'acceptor_' was closed; it never ends
      if (!ec)
        serve(socket);
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

// The recommended mend.
class GoodServer {
public:
  explicit GoodServer(boost::asio::io_context &io)
      : io_(io), acceptor_(io, tcp::endpoint(tcp::v4(), 8080)) {
    accept();
  }
  void stop() { acceptor_.close(); }

private:
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (ec != boost::asio::error::operation_aborted)
        accept();
      if (!ec)
        serve(socket);
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

class GoodServerReturns {
public:
  void stop() { acceptor_.close(); }
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (ec)
        return;
      accept();
      serve(socket);
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

class GoodServerAsksAcceptor {
public:
  void stop() { acceptor_.close(); }
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (!acceptor_.is_open())
        return;
      if (!ec)
        serve(socket);
      accept();
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

// It asks before it begins the next one.
class GoodServerAsksFirst {
public:
  void stop() {
    stopped_ = true;
    acceptor_.close();
  }
  void accept() {
    if (stopped_)
      return;
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (!ec)
        serve(socket);
      accept();
    });
  }
  bool stopped_ = false;
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

// It runs as long as the program does.
class GoodServerForEver {
public:
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (!ec)
        serve(socket);
      accept();
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};

class BadReceiver {
public:
  void shutdown() { socket_.cancel(); }
  void receive() {
    socket_.async_receive_from(
        boost::asio::buffer(data_), from_,
        [this](const error_code &ec, std::size_t n) {
          if (!ec)
            handle(n);
          receive();
          // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this handler begins the next operation on 'socket_' without a look at 'ec'
        });
  }
  void handle(std::size_t);
  char data_[512];
  udp::endpoint from_;
  udp::socket socket_;
};

// A template whose stop has no instance.
template <typename T> class BadTemplate {
public:
  void stop() { acceptor_->close(); }
  void accept() {
    auto socket = std::make_shared<T>(io_);
    acceptor_->async_accept(*socket, [this, socket](const error_code &ec) {
      accept();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this handler begins the next operation on 'acceptor_' without a look at 'ec'
      if (!ec)
        serve(socket);
    });
  }
  boost::asio::io_context &io_;
  std::unique_ptr<tcp::acceptor> acceptor_;
};
void start(BadTemplate<tcp::socket> &server) { server.accept(); }

// What runs the handlers is ended as well.
class GoodServerStopsAll {
public:
  void stop() {
    acceptor_.close();
    io_.stop();
  }
  void accept() {
    auto socket = std::make_shared<tcp::socket>(io_);
    acceptor_.async_accept(*socket, [this, socket](const error_code &ec) {
      if (!ec)
        serve(socket);
      accept();
    });
  }
  boost::asio::io_context &io_;
  tcp::acceptor acceptor_;
};
