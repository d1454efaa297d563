// Classes that are threads by their base.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17 %qt6

#include <QThread>

void work();

class Bad : public QThread {
public:
  ~Bad() override {
    abort = true;
    wait();
  }

protected:
  void run() override {
    forever {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing leaves this loop; 'Bad', which runs it, is joined by '~Bad', which never returns [leak-endless-loop]
      work();
      msleep(200);
    }
  }

private:
  volatile bool abort = false;
};

class Good : public QThread {
public:
  ~Good() override {
    abort = true;
    wait();
  }

protected:
  void run() override {
    while (!abort) {
      work();
      msleep(200);
    }
  }

private:
  volatile bool abort = false;
};

class Interrupted : public QThread {
public:
  ~Interrupted() override {
    requestInterruption();
    wait();
  }

protected:
  void run() override {
    forever {
      if (isInterruptionRequested())
        return;
      work();
    }
  }
};

// Gives up.
class Bounded : public QThread {
public:
  ~Bounded() override { wait(1000); }

protected:
  void run() override {
    forever work();
  }
};
