// Classes with Qt's macros: moc writes the bodies of what Q_OBJECT and signals
// declare. QThread, as a member and as a base.
//
// REQUIRES: package-qtbase5-dev
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- %qt5

#include <QObject>
#include <QThread>

#include <memory>
#include <thread>

void work();

class BadPage : public QObject {
  Q_OBJECT

public:
  BadPage() { updater = new std::thread(&BadPage::loop, this); }
  ~BadPage() override {}

Q_SIGNALS:
  void changed();

private:
  void loop() {}
  std::thread *updater;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'updater' may still be joinable when 'BadPage' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class GoodPage : public QObject {
  Q_OBJECT

public:
  GoodPage() { updater = new std::thread(&GoodPage::loop, this); }
  ~GoodPage() override {
    updater->join();
    delete updater;
  }

signals:
  void changed();

private:
  void loop() {}
  std::thread *updater;
};

class BadSignalsFirst : public QObject {
  Q_OBJECT

signals:
  void changed();

public:
  BadSignalsFirst() : worker(work) {}
  ~BadSignalsFirst() override {}

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadSignalsFirst' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodSlotElsewhere : public QObject {
  Q_OBJECT

public:
  GoodSlotElsewhere() : worker(work) {}
  ~GoodSlotElsewhere() override {}

public slots:
  void close();

private:
  std::thread worker;
};

// QThread members.

class Task : public QThread {
  void run() override { work(); }
};

class BadThreadMember {
public:
  BadThreadMember() { t.start(); }

private:
  QThread t;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 't' may still be joinable when 'BadThreadMember' is destroyed
};

class GoodThreadMember {
public:
  GoodThreadMember() { t.start(); }
  ~GoodThreadMember() {
    t.quit();
    t.wait();
  }

private:
  QThread t;
};

class BadThreadDeleted {
public:
  BadThreadDeleted() : t(new QThread) { t->start(); }
  ~BadThreadDeleted() { delete t; }

private:
  QThread *t;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 't' may still be joinable when 'BadThreadDeleted' is destroyed
};

class GoodThreadDeleted {
public:
  GoodThreadDeleted() : t(new QThread) { t->start(); }
  ~GoodThreadDeleted() {
    t->quit();
    t->wait();
    delete t;
  }

private:
  QThread *t;
};

class BadTaskMember {
public:
  BadTaskMember() { t.start(); }

private:
  Task t;
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 't' may still be joinable when 'BadTaskMember' is destroyed
};

class GoodTaskMember {
public:
  GoodTaskMember() { t.start(); }
  ~GoodTaskMember() { t.wait(); }

private:
  Task t;
};

class GoodTaskNotStarted {
  Task t;
};

// It waits for itself.
class WaitingTask : public QThread {
public:
  ~WaitingTask() override {
    requestInterruption();
    wait();
  }

private:
  void run() override { work(); }
};

class GoodWaitingTask {
public:
  GoodWaitingTask() { t.start(); }

private:
  WaitingTask t;
};

class StoppingTask : public QThread {
public:
  ~StoppingTask() override { stop(); }
  void stop() {
    quit();
    wait();
  }
};

class GoodStoppingTask {
public:
  GoodStoppingTask() { t.start(); }

private:
  StoppingTask t;
};

class GoodUniqueTask {
public:
  GoodUniqueTask() : t(std::make_unique<Task>()) { t->start(); }
  ~GoodUniqueTask() { t->wait(); }

private:
  std::unique_ptr<Task> t;
};

class BadUniqueTask {
public:
  BadUniqueTask() : t(std::make_unique<Task>()) { t->start(); }

private:
  std::unique_ptr<Task> t;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 't' may still be joinable when 'BadUniqueTask' is destroyed
};

// It deletes itself when it has finished.
void good_deletes_itself() {
  auto *t = new Task;
  QObject::connect(t, &QThread::finished, [t] { t->deleteLater(); });
  t->start();
}

class GoodMemberDeletesItself : public QObject {
public:
  GoodMemberDeletesItself() : t(new QThread) {
    connect(t, &QThread::finished, t, &QObject::deleteLater);
    t->start();
  }
  ~GoodMemberDeletesItself() override { t->quit(); }

private:
  QThread *t;
};

// Locals.

void bad_local() {
  QThread t;
  t.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_local() {
  QThread t;
  t.start();
  t.quit();
  t.wait();
}

void bad_local_task() {
  Task t;
  t.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 't' is still joinable when it goes out of scope on this path
}

void good_local_task() {
  Task t;
  t.start();
  t.wait();
}

void good_local_waiting_task() {
  WaitingTask t;
  t.start();
}
