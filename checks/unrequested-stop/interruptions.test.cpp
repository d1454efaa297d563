// Threads that only an interruption ends.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++17

#include <boost/bind/bind.hpp>
#include <boost/scoped_ptr.hpp>
#include <boost/thread.hpp>

void work();
bool more();
void fail() { throw 1; }

class BadPoll {
public:
  void start() { thread_ = boost::thread(&BadPoll::run, this); }
  void stop() {
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined, but nobody interrupts it, until which it runs; this join never returns
    // CHECK-FIXES: thread_.interrupt();
    // CHECK-FIXES-NEXT: thread_.join();
  }

private:
  void run() {
    while (!boost::this_thread::interruption_requested())
      work();
  }
  boost::thread thread_;
};

class GoodPoll {
public:
  void start() { thread_ = boost::thread(&GoodPoll::run, this); }
  void stop() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (!boost::this_thread::interruption_requested())
      work();
  }
  boost::thread thread_;
};

class BadPoint {
public:
  void start() {
    thread_.reset(new boost::thread(boost::bind(&BadPoint::run, this)));
  }
  void stop() {
    if (thread_) {
      thread_->join();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread_' is joined, but nobody interrupts it
      // CHECK-FIXES: thread_->interrupt();
      // CHECK-FIXES-NEXT: thread_->join();
    }
  }

private:
  void run() {
    try {
      while (true) {
        boost::this_thread::interruption_point();
        work();
      }
    } catch (const boost::thread_interrupted &) {
    }
  }
  boost::scoped_ptr<boost::thread> thread_;
};

class BadLater {
public:
  void start() { thread_ = boost::thread(&BadLater::run, this); }
  ~BadLater() {
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined before it is interrupted, until which it runs; this join never returns
    thread_.interrupt();
  }

private:
  void run() {
    while (true) {
      boost::this_thread::sleep_for(boost::chrono::seconds(1));
      work();
    }
  }
  boost::thread thread_;
};

// By another method.
class GoodElsewhere {
public:
  void start() { thread_ = boost::thread(&GoodElsewhere::run, this); }
  void interrupt() { thread_.interrupt(); }
  void stop() { thread_.join(); }

private:
  void run() {
    while (!boost::this_thread::interruption_requested())
      work();
  }
  boost::thread thread_;
};

// It ends otherwise.
class GoodBreak {
public:
  void start() { thread_ = boost::thread(&GoodBreak::run, this); }
  void stop() { thread_.join(); }

private:
  void run() {
    while (!boost::this_thread::interruption_requested())
      if (!more())
        break;
  }
  boost::thread thread_;
};

class GoodCaught {
public:
  void start() { thread_ = boost::thread(&GoodCaught::run, this); }
  void stop() { thread_.join(); }

private:
  void run() {
    try {
      while (true) {
        boost::this_thread::interruption_point();
        work();
      }
    } catch (...) {
    }
  }
  boost::thread thread_;
};

class GoodThrows {
public:
  void start() { thread_ = boost::thread(&GoodThrows::run, this); }
  void stop() { thread_.join(); }

private:
  void run() {
    while (true) {
      boost::this_thread::interruption_point();
      fail();
    }
  }
  boost::thread thread_;
};

// Whoever waits for the end isn't who ends it.
class GoodWaits {
public:
  void start() { thread_ = boost::thread(&GoodWaits::run, this); }
  void waitForEnd() { thread_.join(); }

private:
  void run() {
    while (!boost::this_thread::interruption_requested())
      work();
  }
  boost::thread thread_;
};
