// Classes that are threads by their base.
//
// REQUIRES: package-qtbase5-dev
// RUN: %check_leaks %s leak-join-without-stop -std=c++17 -- %qt5

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

class BadWorker : public QThread {
public:
  ~BadWorker() override {
    m.lock();
    stop = true;
    m.unlock();
    wait();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'BadWorker' is joined, but nobody wakes it after 'stop' is set: it may wait on 'c' for ever, and so does this join [leak-join-without-stop]
  }

protected:
  void run() override {
    QMutexLocker lock(&m);
    while (!stop)
      c.wait(&m);
  }

private:
  QMutex m;
  QWaitCondition c;
  bool stop = false;
};

class GoodWorker : public QThread {
public:
  ~GoodWorker() override {
    m.lock();
    stop = true;
    c.wakeAll();
    m.unlock();
    wait();
  }

protected:
  void run() override {
    QMutexLocker lock(&m);
    while (!stop)
      c.wait(&m);
  }

private:
  QMutex m;
  QWaitCondition c;
  bool stop = false;
};
