// Sources that are used again after they were asked to stop.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <stop_token>
#include <thread>

void work();
static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}

class BadRestart {
public:
  ~BadRestart() { stop(); }
  void start() {
    // CHECK-FIXES: source_ = std::stop_source();
    // CHECK-FIXES-NEXT: thread_ = std::thread(serve, source_.get_token());
    thread_ = std::thread(serve, source_.get_token());
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'source_' stays asked to stop when 'restart' starts again; what gets this token is cancelled from the beginning
  }
  void stop() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }
  void restart() {
    stop();
    start();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

class BadStopsFirst {
public:
  ~BadStopsFirst() { stop(); }
  void start() {
    stop();
    thread_ = std::thread(serve, source_.get_token());
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'source_' stays asked to stop when 'start' starts again
  }
  void stop() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

class GoodRestart {
public:
  ~GoodRestart() { stop(); }
  void start() {
    source_ = std::stop_source();
    thread_ = std::thread(serve, source_.get_token());
  }
  void stop() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }
  void restart() {
    stop();
    start();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

// Perhaps it is never started again.
class GoodOnce {
public:
  ~GoodOnce() { stop(); }
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  void stop() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

class GoodOtherOrder {
public:
  ~GoodOtherOrder() { stop(); }
  void runOnce() {
    start();
    stop();
  }

private:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  void stop() {
    source_.request_stop();
    if (thread_.joinable())
      thread_.join();
  }
  std::stop_source source_;
  std::thread thread_;
};
