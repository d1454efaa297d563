// The join stands in a function that others call: what is done before it, there
// or before the call, may end the wait.
//
// REQUIRES: package-libtbb-dev
// RUN: %check_leaks %s leak-ignored-stop-token --silent -- -std=c++17

#include <atomic>
#include <netinet/in.h>
#include <sys/socket.h>
#include <tbb/concurrent_queue.h>
#include <thread>
#include <unistd.h>

void handle(int);

class GoodShut {
public:
  bool start(int port) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_port = htons(port);
    if (bind(fd_, (sockaddr *)&address, sizeof address) < 0)
      return false;
    listen(fd_, 10);
    running_ = true;
    thread_ = std::thread(&GoodShut::run, this);
    return true;
  }
  void stop() {
    running_ = false;
    shutdown(fd_, SHUT_RDWR);
    if (thread_.joinable())
      thread_.join();
    close(fd_);
  }
  ~GoodShut() { stop(); }

private:
  void run() {
    while (running_) {
      int peer = accept(fd_, nullptr, nullptr);
      if (peer >= 0)
        handle(peer);
    }
  }
  int fd_ = -1;
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class GoodFed {
public:
  GoodFed() : thread_(&GoodFed::run, this) {}
  void stop() {
    stop_ = true;
    queue_.push(0);
    thread_.join();
  }
  ~GoodFed() { stop(); }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// The caller does it.
class GoodFedBefore {
public:
  GoodFedBefore() : thread_(&GoodFedBefore::run, this) {}
  ~GoodFedBefore() {
    stop_ = true;
    queue_.push(0);
    wait();
  }
  void add(int value) { queue_.push(value); }

private:
  void wait() { thread_.join(); }
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};
