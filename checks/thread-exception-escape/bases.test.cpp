// Classes that are threads by their base: it runs what they override.
//
// REQUIRES: package-qtbase5-dev
// RUN: %check_leaks %s leak-thread-exception-escape -std=c++17 -- %qt5

#include <QThread>
#include <stdexcept>

bool ready();
void receive() {
  if (!ready())
    throw std::runtime_error("lost");
}

class BadWorker : public QThread {
protected:
  void run() override {
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'runtime_error' can leave 'run', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    while (!isInterruptionRequested())
      receive();
  }
};

class GoodWorker : public QThread {
protected:
  void run() override {
    try {
      receive();
    } catch (const std::exception &) {
    }
  }
};

class GoodOther : public QThread {
public:
  void runOnce() { receive(); }
};

class GoodCatchingBase : public QThread {
protected:
  void run() override {
    try {
      work();
    } catch (...) {
    }
  }
  virtual void work() { receive(); }
};
