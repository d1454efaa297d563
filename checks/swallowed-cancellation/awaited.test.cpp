// Coroutines that begin their operation again whatever they are told.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++20 -DBOOST_ASIO_HAS_CO_AWAIT=1

#include <utility>

#include <boost/asio.hpp>
#include <iostream>

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;
using boost::system::system_error;

asio::awaitable<void> session(tcp::socket);
void beat();
void handle(const char *, std::size_t);
void decide(const error_code &);

class BadListener {
public:
  void stop() { socket_.close(); }
  asio::awaitable<void> run() {
    char data[128];
    udp::endpoint from;
    for (;;) {
      try {
        auto n = co_await socket_.async_receive_from(asio::buffer(data), from, asio::use_awaitable);
        handle(data, n);
      } catch (const system_error &e) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows the error by which the coroutine is told that 'socket_' was cancelled, and the loop goes on for ever
        std::cerr << e.what() << '\n';
      }
    }
  }
  udp::socket socket_;
};

class BadServer {
public:
  ~BadServer() { acceptor_.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code ec;
      tcp::socket s = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: the loop takes 'ec', by which it is told that 'acceptor_' was cancelled, for any other error and begins again; it never ends
      if (ec) {
        std::cerr << ec.message();
        continue;
      }
      asio::co_spawn(acceptor_.get_executor(), session(std::move(s)), asio::detached);
    }
  }
  tcp::acceptor acceptor_;
};

class BadTimer {
public:
  void stop() { timer_.cancel(); }
  asio::awaitable<void> run() {
    while (true) {
      try {
        timer_.expires_after(std::chrono::seconds(1));
        co_await timer_.async_wait(asio::use_awaitable);
        beat();
      } catch (const std::exception &e) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows the error by which the coroutine is told that 'timer_' was cancelled
        std::cerr << e.what();
      }
    }
  }
  asio::steady_timer timer_;
};

// Mends: it asks what it was told, leaves, or lets it through.
class GoodAsks {
public:
  ~GoodAsks() { acceptor_.cancel(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code ec;
      tcp::socket s = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      if (ec) {
        if (ec == asio::error::operation_aborted)
          co_return;
        continue;
      }
      asio::co_spawn(acceptor_.get_executor(), session(std::move(s)), asio::detached);
    }
  }
  tcp::acceptor acceptor_;
};

class GoodAsksObject {
public:
  ~GoodAsksObject() { acceptor_.close(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code ec;
      tcp::socket s = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      if (ec) {
        if (!acceptor_.is_open())
          break;
        continue;
      }
    }
  }
  tcp::acceptor acceptor_;
};

class GoodFlag {
public:
  void stop() {
    stopped_ = true;
    acceptor_.close();
  }
  asio::awaitable<void> run() {
    for (;;) {
      if (stopped_)
        co_return;
      error_code ec;
      tcp::socket s = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      if (ec)
        continue;
    }
  }
  bool stopped_ = false;
  tcp::acceptor acceptor_;
};

// Elsewhere it is decided what the error means.
class GoodDecides {
public:
  void stop() { acceptor_.close(); }
  asio::awaitable<void> run() {
    for (;;) {
      error_code ec;
      tcp::socket s = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, ec));
      if (ec) {
        decide(ec);
        continue;
      }
    }
  }
  tcp::acceptor acceptor_;
};

class GoodHandlerAsks {
public:
  void stop() { socket_.close(); }
  asio::awaitable<void> run() {
    char data[128];
    for (;;) {
      try {
        co_await socket_.async_receive(asio::buffer(data), asio::use_awaitable);
      } catch (const system_error &e) {
        if (e.code() == asio::error::operation_aborted)
          co_return;
        std::cerr << e.what();
      }
    }
  }
  udp::socket socket_;
};

class GoodRethrows {
public:
  void stop() { socket_.close(); }
  asio::awaitable<void> run() {
    char data[128];
    for (;;) {
      try {
        co_await socket_.async_receive(asio::buffer(data), asio::use_awaitable);
      } catch (const system_error &e) {
        std::cerr << e.what();
        throw;
      }
    }
  }
  udp::socket socket_;
};

// The loop stands in the `try`.
class GoodAround {
public:
  void stop() { socket_.close(); }
  asio::awaitable<void> run() {
    char data[128];
    try {
      for (;;)
        co_await socket_.async_receive(asio::buffer(data), asio::use_awaitable);
    } catch (const system_error &e) {
      std::cerr << e.what();
    }
  }
  udp::socket socket_;
};

// Who closes it only ends this connection.
class GoodReconnects {
public:
  void disconnect() { socket_.close(); }
  asio::awaitable<void> run() {
    char data[128];
    for (;;) {
      try {
        co_await socket_.async_connect(peer_, asio::use_awaitable);
        co_await socket_.async_receive(asio::buffer(data), asio::use_awaitable);
      } catch (const system_error &e) {
        std::cerr << e.what();
      }
    }
  }
  tcp::endpoint peer_;
  tcp::socket socket_;
};

// It only wakes up.
class GoodWakes {
public:
  void stop() { timer_.cancel(); }
  void wake() { timer_.cancel(); }
  asio::awaitable<void> run() {
    while (true) {
      try {
        timer_.expires_after(std::chrono::seconds(1));
        co_await timer_.async_wait(asio::use_awaitable);
      } catch (const std::exception &e) {
        std::cerr << e.what();
      }
      beat();
    }
  }
  asio::steady_timer timer_;
};

class GoodSetsAnew {
public:
  void stop() { timer_.cancel(); }
  void later() { timer_.expires_after(std::chrono::seconds(9)); }
  asio::awaitable<void> run() {
    while (true) {
      error_code ec;
      co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
      if (ec)
        continue;
      beat();
    }
  }
  asio::steady_timer timer_;
};

// What runs it is ended as well.
class GoodStopsAll {
public:
  void stop() {
    socket_.close();
    io_.stop();
  }
  asio::awaitable<void> run() {
    char data[128];
    for (;;) {
      try {
        co_await socket_.async_receive(asio::buffer(data), asio::use_awaitable);
      } catch (const system_error &e) {
        std::cerr << e.what();
      }
    }
  }
  asio::io_context io_;
  udp::socket socket_;
};
