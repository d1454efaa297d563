// A QThread that is asked to stop, and whose run() doesn't look.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17 %qt6

#include <QMutex>
#include <QThread>

void work();

class Bad : public QThread {
public:
  ~Bad() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (true) {
      // CHECK-NOTES: :[[@LINE-1]]:5: warning: this loop has no end, and doesn't look at the request to stop; the join in '~Bad' never returns [leak-ignored-stop-token]
      // CHECK-NOTES: :[[@LINE-8]]:5: note: asked to stop here
      // CHECK-NOTES: :[[@LINE-8]]:5: note: joined here
      work();
      msleep(100);
    }
  }
};

// The loop of the thread's events isn't run, which is what quit() ends.
class BadQuits : public QThread {
public:
  void stop() {
    quit();
    wait();
  }

protected:
  void run() override {
    for (;;) {
      // CHECK-NOTES: :[[@LINE-1]]:5: warning: this loop has no end, and doesn't look at the request to stop; the join in 'stop' never returns [leak-ignored-stop-token]
      // CHECK-NOTES: :[[@LINE-8]]:5: note: asked to stop here
      // CHECK-NOTES: :[[@LINE-8]]:5: note: joined here
      QMutexLocker locker(&mutex);
      work();
    }
  }

private:
  QMutex mutex;
};

// The recommended mend.
class Good : public QThread {
public:
  ~Good() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (!isInterruptionRequested()) {
      work();
      msleep(100);
    }
  }
};

class GoodInCallee : public QThread {
public:
  ~GoodInCallee() override {
    requestInterruption();
    wait();
  }

private:
  bool step() {
    work();
    return !currentThread()->isInterruptionRequested();
  }
  void run() override {
    while (true) {
      if (!step())
        return;
      msleep(100);
    }
  }
};

class GoodRunsEvents : public QThread {
public:
  ~GoodRunsEvents() override {
    quit();
    wait();
  }

private:
  void run() override {
    while (true) {
      work();
      if (exec() == 0)
        break;
    }
  }
};

class GoodForced : public QThread {
public:
  ~GoodForced() override {
    requestInterruption();
    terminate();
    wait();
  }

private:
  void run() override {
    while (true) {
      work();
      msleep(100);
    }
  }
};

class GoodWaitsForATime : public QThread {
public:
  ~GoodWaitsForATime() override {
    requestInterruption();
    if (!wait(1000))
      terminate();
  }

private:
  void run() override {
    while (true) {
      work();
      msleep(100);
    }
  }
};

// What it calls may look.
class GoodUnseen : public QThread {
public:
  ~GoodUnseen() override {
    requestInterruption();
    wait();
  }

private:
  void step();
  void run() override {
    while (true)
      step();
  }
};

class GoodThrows : public QThread {
public:
  ~GoodThrows() override {
    requestInterruption();
    wait();
  }

private:
  void run() override {
    while (true) {
      if (isFinished())
        throw 1;
      msleep(100);
    }
  }
};
