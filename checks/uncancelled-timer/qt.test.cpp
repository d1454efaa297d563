// Timers of Qt end with what has them: silent.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-uncancelled-timer --silent -- -std=c++17 %qt6

#include <QObject>
#include <QTimer>

// The timer is destroyed with the member.
class GoodMember {
public:
  GoodMember() {
    QObject::connect(&timer, &QTimer::timeout, [this] { ++ticks; });
    timer.start(100);
  }
  ~GoodMember() {}

private:
  int ticks = 0;
  QTimer timer;
};

// By its parent.
class GoodParent : public QObject {
public:
  GoodParent() {
    auto *timer = new QTimer(this);
    QObject::connect(timer, &QTimer::timeout, [this] { ++ticks; });
    timer->start(100);
  }
  ~GoodParent() override {}

private:
  int ticks = 0;
};

// The connection ends with its context.
class GoodContext : public QObject {
public:
  GoodContext() {
    auto *timer = new QTimer;
    QObject::connect(timer, &QTimer::timeout, this, [this] { ++ticks; });
    timer->start(100);
    QTimer::singleShot(1000, this, [this] { ++ticks; });
  }
  ~GoodContext() override {}

private:
  int ticks = 0;
};

// Armed again by its handler, stopped in destruction: nobody is told of that.
class GoodAgain : public QObject {
public:
  GoodAgain() {
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, this, [this] { again(); });
    again();
  }
  ~GoodAgain() override { timer.stop(); }

private:
  void again() { timer.start(100); }
  QTimer timer;
};
