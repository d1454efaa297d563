// boost::thread::interrupt().
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <boost/thread.hpp>
#include <exception>
#include <iostream>

void work();
void logError(const char *);
void handle(std::exception_ptr);

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
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows 'boost::thread_interrupted', by which the execution is asked to end, and the loop goes on for ever
        // CHECK-FIXES: } catch (const boost::thread_interrupted &) {
        // CHECK-FIXES-NEXT: throw;
        // CHECK-FIXES-NEXT: } catch (...) {
        std::cerr << "failed\n";
      }
    }
  }
  boost::thread thread_;
};

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
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (const boost::thread_interrupted &) {
        throw;
      } catch (...) {
        std::cerr << "failed\n";
      }
    }
  }
  boost::thread thread_;
};

// It isn't derived from std::exception.
class GoodBase {
public:
  void start() { thread_ = boost::thread(&GoodBase::run, this); }
  ~GoodBase() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (const std::exception &e) {
        std::cerr << e.what();
      }
    }
  }
  boost::thread thread_;
};

class GoodLeaves {
public:
  void start() { thread_ = boost::thread(&GoodLeaves::run, this); }
  ~GoodLeaves() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      try {
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
        logError("ended");
        break;
      }
    }
  }
  boost::thread thread_;
};

class GoodHandled {
public:
  void start() { thread_ = boost::thread(&GoodHandled::run, this); }
  ~GoodHandled() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (true) {
      try {
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
        handle(std::current_exception());
      }
    }
  }
  boost::thread thread_;
};

class GoodFlag {
public:
  void start() { thread_ = boost::thread(&GoodFlag::run, this); }
  ~GoodFlag() {
    stop_ = true;
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      try {
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
      }
    }
  }
  bool stop_ = false;
  boost::thread thread_;
};

class GoodOutside {
public:
  void start() { thread_ = boost::thread(&GoodOutside::run, this); }
  ~GoodOutside() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    try {
      while (true)
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
    } catch (...) {
    }
  }
  boost::thread thread_;
};

class GoodNeverInterrupted {
public:
  void start() { thread_ = boost::thread(&GoodNeverInterrupted::run, this); }

private:
  void run() {
    while (true) {
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
      }
    }
  }
  boost::thread thread_;
};

// In what it calls, and caught by its own name.
class BadDeep {
public:
  void start() {
    thread_ = boost::thread([this] { run(); });
  }
  void stop() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void step() {
    boost::unique_lock<boost::mutex> lock(mutex_);
    condition_.wait(lock);
  }
  void run() {
    for (;;) {
      try {
        step();
      } catch (boost::thread_interrupted &) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows 'boost::thread_interrupted'
        logError("interrupted");
      }
    }
  }
  boost::mutex mutex_;
  boost::condition_variable condition_;
  boost::thread thread_;
};

// A poll that somebody wrote is there to end the loop.
void bad_pollSwallowed() {
  for (;;) {
    try {
      boost::this_thread::interruption_point();
      work();
    } catch (...) {
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this handler swallows 'boost::thread_interrupted'
    }
  }
}

void good_pollOutside() {
  for (;;) {
    boost::this_thread::interruption_point();
    try {
      work();
    } catch (...) {
    }
  }
}

// The exception takes the request with it.
class BadAsksAgain {
public:
  void start() { thread_ = boost::thread(&BadAsksAgain::run, this); }
  ~BadAsksAgain() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (!boost::this_thread::interruption_requested()) {
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (...) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows 'boost::thread_interrupted'
        logError("failed");
      }
    }
  }
  boost::thread thread_;
};

class GoodAsksAgain {
public:
  void start() { thread_ = boost::thread(&GoodAsksAgain::run, this); }
  ~GoodAsksAgain() {
    thread_.interrupt();
    thread_.join();
  }

private:
  void run() {
    while (!boost::this_thread::interruption_requested()) {
      try {
        work();
        boost::this_thread::sleep_for(boost::chrono::seconds(1));
      } catch (const boost::thread_interrupted &) {
        break;
      } catch (...) {
        logError("failed");
      }
    }
  }
  boost::thread thread_;
};
