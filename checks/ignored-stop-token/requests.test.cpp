// A boost::thread that is interrupted, and comes by no point where it could be.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <boost/thread.hpp>
#include <unistd.h>

class Bad {
public:
  void start() { thread_ = boost::thread(&Bad::run, this); }
  ~Bad() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop has no end, and doesn't look at the request to stop; the join in '~Bad' never returns [leak-ignored-stop-token]
      ++count_;
      usleep(1000);
    }
  }
  std::atomic<int> count_{0};
  boost::thread thread_;
};

// The recommended mend.
class Good {
public:
  void start() { thread_ = boost::thread(&Good::run, this); }
  ~Good() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      ++count_;
      boost::this_thread::interruption_point();
      usleep(1000);
    }
  }
  std::atomic<int> count_{0};
  boost::thread thread_;
};

class GoodSleeps {
public:
  void start() { thread_ = boost::thread(&GoodSleeps::run, this); }
  ~GoodSleeps() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      ++count_;
      boost::this_thread::sleep_for(boost::chrono::milliseconds(1));
    }
  }
  std::atomic<int> count_{0};
  boost::thread thread_;
};

// What can't be seen may come by one.
void work();
class GoodUnseen {
public:
  void start() { thread_ = boost::thread(&GoodUnseen::run, this); }
  ~GoodUnseen() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true)
      work();
  }
  boost::thread thread_;
};
