// Conditions and mutexes of the project's own, and those of other libraries.
//
// REQUIRES: package-libboost-all-dev, package-qtbase5-dev
// RUN: %check_leaks %s leak-missed-wakeup -std=c++17 -- %qt5

#include <QMutex>
#include <QWaitCondition>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/mutex.hpp>

// Wrappers, of which only the declarations are seen.
class Mutex {
public:
  void Lock();
  void Unlock();
};
class MutexLock {
public:
  explicit MutexLock(Mutex *m);
  ~MutexLock();
};
class CondVar {
public:
  explicit CondVar(Mutex *m);
  void Wait();
  void Signal();
  void SignalAll();
};

class Background {
public:
  void bad_stop() {
    stop = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'mu' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    cv.SignalAll();
  }
  void good_stop() {
    MutexLock lock(&mu);
    stop = true;
    cv.SignalAll();
  }
  void run() {
    MutexLock lock(&mu);
    while (!stop)
      cv.Wait();
  }

private:
  Mutex mu;
  CondVar cv{&mu};
  volatile bool stop = false;
};

class WithQt {
public:
  void bad_stop() {
    stop = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    c.wakeAll();
  }
  void good_stop() {
    QMutexLocker lock(&m);
    stop = true;
    c.wakeAll();
  }
  void run() {
    QMutexLocker lock(&m);
    while (!stop)
      c.wait(&m);
  }

private:
  QMutex m;
  QWaitCondition c;
  bool stop = false;
};

class WithBoost {
public:
  void bad_stop() {
    stop = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    c.notify_all();
  }
  void good_stop() {
    boost::mutex::scoped_lock lock(m);
    stop = true;
    c.notify_all();
  }
  void run() {
    boost::unique_lock<boost::mutex> lock(m);
    while (!stop)
      c.wait(lock);
  }

private:
  boost::mutex m;
  boost::condition_variable c;
  bool stop = false;
};
