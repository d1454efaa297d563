// A handler that keeps its object, whose end nobody tells the timer.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

using boost::asio::steady_timer;
using boost::asio::ip::tcp;
using boost::system::error_code;

void ping();

class Bad : public std::enable_shared_from_this<Bad> {
public:
  explicit Bad(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void start() { keepAlive(); }
  void close() { socket_.close(); }

private:
  void keepAlive() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([self = shared_from_this()](error_code error) {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'timer_' is armed again by its handler, and nobody cancels it; it never ends [leak-uncancelled-timer]
      if (error)
        return;
      ping();
      self->keepAlive();
    });
  }
  tcp::socket socket_;
  steady_timer timer_;
};

class Good : public std::enable_shared_from_this<Good> {
public:
  explicit Good(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void start() { keepAlive(); }
  void close() {
    socket_.close();
    timer_.cancel();
  }

private:
  void keepAlive() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (error)
        return;
      ping();
      self->keepAlive();
    });
  }
  tcp::socket socket_;
  steady_timer timer_;
};

// It asks.
class GoodAsks : public std::enable_shared_from_this<GoodAsks> {
public:
  explicit GoodAsks(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void start() { keepAlive(); }
  void close() { socket_.close(); }

private:
  void keepAlive() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (error || !self->socket_.is_open())
        return;
      ping();
      self->keepAlive();
    });
  }
  tcp::socket socket_;
  steady_timer timer_;
};

// With its object it ends.
class GoodOwned {
public:
  explicit GoodOwned(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void start() { keepAlive(); }
  void close() { socket_.close(); }

private:
  void keepAlive() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([this](error_code error) {
      if (error)
        return;
      ping();
      keepAlive();
    });
  }
  tcp::socket socket_;
  steady_timer timer_;
};

// One that knows when it is gone.
class GoodWeak : public std::enable_shared_from_this<GoodWeak> {
public:
  explicit GoodWeak(tcp::socket socket)
      : socket_(std::move(socket)), timer_(socket_.get_executor()) {}
  void start() { keepAlive(); }
  void close() { socket_.close(); }

private:
  void keepAlive() {
    timer_.expires_after(std::chrono::seconds(30));
    timer_.async_wait([weak = weak_from_this()](error_code error) {
      auto self = weak.lock();
      if (error || !self)
        return;
      ping();
      self->keepAlive();
    });
  }
  tcp::socket socket_;
  steady_timer timer_;
};
