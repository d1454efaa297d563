// Exceptions of the project's own, thrown when a stop flag is seen.
//
// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <atomic>
#include <exception>
#include <stdexcept>

void work();
void log(const char *);

struct OperationCancelled : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Bad {
public:
  void cancel() { cancelled_ = true; }
  void run() {
    while (true) {
      try {
        check();
        work();
      } catch (const std::exception &e) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows 'OperationCancelled', by which the execution is asked to end, and the loop goes on for ever
        log(e.what());
      }
    }
  }

private:
  void check() {
    if (cancelled_)
      throw OperationCancelled("cancelled");
  }
  std::atomic<bool> cancelled_{false};
};

class BadHere {
public:
  bool shouldStop() const;
  void run() {
    for (;;) {
      try {
        if (shouldStop())
          throw OperationCancelled("stopped");
        work();
      } catch (...) {
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this handler swallows 'OperationCancelled'
        log("failed");
      }
    }
  }
};

// The recommended mend.
class Good {
public:
  void run() {
    while (true) {
      try {
        check();
        work();
      } catch (const OperationCancelled &) {
        throw;
      } catch (const std::exception &e) {
        log(e.what());
      }
    }
  }

private:
  void check() {
    if (cancelled_)
      throw OperationCancelled("cancelled");
  }
  std::atomic<bool> cancelled_{false};
};

class GoodLoopAsks {
public:
  void run() {
    while (!cancelled_) {
      try {
        check();
        work();
      } catch (const std::exception &e) {
        log(e.what());
      }
    }
  }

private:
  void check() {
    if (cancelled_)
      throw OperationCancelled("cancelled");
  }
  std::atomic<bool> cancelled_{false};
};

class GoodLeaves {
public:
  void run() {
    while (true) {
      try {
        check();
        work();
      } catch (...) {
        log("failed");
        break;
      }
    }
  }

private:
  void check() {
    if (cancelled_)
      throw OperationCancelled("cancelled");
  }
  std::atomic<bool> cancelled_{false};
};

// Thrown for another reason.
class GoodOtherReason {
public:
  bool refused();
  void run() {
    while (true) {
      try {
        if (refused())
          throw OperationCancelled("refused");
        work();
      } catch (const std::exception &e) {
        log(e.what());
      }
    }
  }
};

// One item of many.
class GoodItems {
public:
  void run() {
    for (int i = 0; i < 10; ++i) {
      try {
        check();
        work();
      } catch (const std::exception &e) {
        log(e.what());
      }
    }
  }

private:
  void check() {
    if (cancelled_)
      throw OperationCancelled("cancelled");
  }
  std::atomic<bool> cancelled_{false};
};
