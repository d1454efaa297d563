// Somebody in this file has an object of the class.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <stop_token>
#include <thread>

void work();

class Bad {
public:
  Bad() : thread_(&Bad::run, this, source_.get_token()) {}
  ~Bad() { thread_.join(); }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::stop_source source_;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source_' is never asked to stop; what is started with its token runs until then, for ever
  std::thread thread_;
};

class Good {
public:
  Good() : thread_(&Good::run, this, source_.get_token()) {}
  ~Good() {
    source_.request_stop();
    thread_.join();
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::stop_source source_;
  std::thread thread_;
};

void use() {
  Bad bad;
  Good good;
}
