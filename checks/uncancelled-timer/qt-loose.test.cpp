// Timers of Qt without an owner.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17 %qt6

#include <QObject>
#include <QTimer>

class Bad : public QObject {
public:
  Bad() {
    auto *timer = new QTimer;
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'timer' belongs to nobody, and nobody can stop it; it goes on calling an object that is destroyed [leak-uncancelled-timer]
    // CHECK-FIXES: auto *timer = new QTimer(this);
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->setInterval(100);
    timer->start();
  }

private:
  int ticks = 0;
};

class BadPlain {
public:
  void start() {
    QTimer *timer = new QTimer();
    // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'timer' belongs to nobody
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }

private:
  int ticks = 0;
};

class BadMember {
public:
  BadMember() : timer(new QTimer) {
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'timer' is still armed when its owner is destroyed; it goes on firing
  }
  ~BadMember() { ticks = 0; }

private:
  int ticks = 0;
  QTimer *timer;
};

class GoodMember {
public:
  GoodMember() : timer(new QTimer) {
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }
  ~GoodMember() { delete timer; }

private:
  int ticks = 0;
  QTimer *timer;
};

// The recommended mend.
class GoodParent : public QObject {
public:
  GoodParent() {
    auto *timer = new QTimer(this);
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }

private:
  int ticks = 0;
};

// It ends with its context.
class GoodContext : public QObject {
public:
  GoodContext() {
    auto *timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, this, [this] { ++ticks; });
    timer->start(100);
  }

private:
  int ticks = 0;
};

// It ends itself.
class GoodItself {
public:
  GoodItself() {
    auto *timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, [this, timer] {
      if (++ticks > 3)
        timer->deleteLater();
    });
    timer->start(100);
  }

private:
  int ticks = 0;
};

class GoodOnce {
public:
  GoodOnce() {
    auto *timer = new QTimer;
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }

private:
  int ticks = 0;
};

// Somebody else has it.
class GoodKept : public QObject {
public:
  GoodKept() {
    auto *timer = new QTimer;
    timer->setParent(this);
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }
  QTimer *made() {
    auto *timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
    return timer;
  }
  void stopped(QObject *owner) {
    auto *timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    QObject::connect(owner, &QObject::destroyed, timer, &QTimer::stop);
    timer->start(100);
  }

private:
  int ticks = 0;
};

// A function has no object that could end.
int count;
void goodFree() {
  auto *timer = new QTimer;
  QObject::connect(timer, &QTimer::timeout, [] { ++count; });
  timer->start(100);
}
