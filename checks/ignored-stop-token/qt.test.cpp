// A QThread that is asked to stop: by its own request, or by a flag.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17 %qt6

#include <QThread>
#include <atomic>

bool poll();

class BadRetry : public QThread {
public:
  ~BadRetry() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (!isInterruptionRequested()) {
      while (!poll())
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at the stop request, which ends the loop around it; as long as it fails, who asks it to stop waits [leak-ignored-stop-token]
        msleep(100);
    }
  }
};

class BadSleep : public QThread {
public:
  ~BadSleep() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (!isInterruptionRequested()) {
      poll();
      sleep(60);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this sleeps for 60 seconds between two looks at the stop request; who asks it to stop waits as long [leak-ignored-stop-token]
    }
  }
};

class BadFlag : public QThread {
public:
  ~BadFlag() override {
    stop = true;
    wait();
  }

private:
  void run() override {
    while (!stop) {
      while (!poll())
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at 'stop', which ends the loop around it; as long as it fails, who asks it to stop waits [leak-ignored-stop-token]
        msleep(100);
    }
  }
  std::atomic<bool> stop{false};
};

class GoodRetry : public QThread {
public:
  ~GoodRetry() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (!isInterruptionRequested()) {
      while (!isInterruptionRequested() && !poll())
        msleep(100);
    }
  }
};

class GoodSleep : public QThread {
public:
  ~GoodSleep() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (!isInterruptionRequested()) {
      poll();
      msleep(500);
    }
  }
};

class GoodFlag : public QThread {
public:
  ~GoodFlag() override {
    stop = true;
    wait();
  }

private:
  void run() override {
    while (!stop) {
      while (!stop && !poll())
        msleep(100);
    }
  }
  std::atomic<bool> stop{false};
};

// Its event loop ends by quit.
class GoodEvents : public QThread {
public:
  ~GoodEvents() override {
    quit();
    wait();
  }

private:
  void run() override { exec(); }
};
