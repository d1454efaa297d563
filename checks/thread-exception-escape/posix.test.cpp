// Functions of C with their argument, and libraries.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-thread-exception-escape -- -std=c++17

#include <boost/asio.hpp>
#include <boost/bind/bind.hpp>
#include <boost/thread.hpp>
#include <pthread.h>
#include <stdexcept>

bool ready();

class BadClient {
public:
  void start() { pthread_create(&thread, nullptr, &BadClient::entry, this); }
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'runtime_error' can leave 'entry', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  ~BadClient() { pthread_join(thread, nullptr); }

private:
  static void *entry(void *arg) {
    static_cast<BadClient *>(arg)->run();
    return nullptr;
  }
  void run() {
    if (!ready())
      throw std::runtime_error("lost");
  }
  pthread_t thread;
};

class GoodClient {
public:
  void start() { pthread_create(&thread, nullptr, &GoodClient::entry, this); }
  ~GoodClient() { pthread_join(thread, nullptr); }

private:
  static void *entry(void *arg) {
    try {
      static_cast<GoodClient *>(arg)->run();
    } catch (const std::exception &) {
    }
    return nullptr;
  }
  void run() {
    if (!ready())
      throw std::runtime_error("lost");
  }
  pthread_t thread;
};

class BadReader {
public:
  explicit BadReader(boost::asio::io_context &io) : socket(io) {}
  void start() {
    thread = boost::thread(boost::bind(&BadReader::read, this));
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'boost::system::system_error' can leave 'read', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  }
  ~BadReader() { thread.join(); }

private:
  void read() {
    char text[64];
    while (ready())
      socket.read_some(boost::asio::buffer(text));
  }
  boost::asio::ip::tcp::socket socket;
  boost::thread thread;
};

class GoodReader {
public:
  explicit GoodReader(boost::asio::io_context &io) : socket(io) {}
  void start() {
    thread = boost::thread(boost::bind(&GoodReader::read, this));
  }
  ~GoodReader() { thread.join(); }

private:
  void read() {
    char text[64];
    boost::system::error_code error;
    while (!error)
      socket.read_some(boost::asio::buffer(text), error);
  }
  boost::asio::ip::tcp::socket socket;
  boost::thread thread;
};

void badGroup() {
  boost::thread_group group;
  group.create_thread([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    if (!ready())
      throw std::runtime_error("lost");
  });
  group.join_all();
}

void goodTask(boost::asio::io_context &io) {
  boost::asio::post(io, [] {
    if (!ready())
      throw std::runtime_error("comes out of run()");
  });
}
