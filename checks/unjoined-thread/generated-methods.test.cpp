// Methods that a macro of another file declares, and whose bodies a generator
// writes, can't join the members of the class; those that its author declares can.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include "Inputs/generated-methods.h"

#include <memory>
#include <thread>

void work();

#define OWN_CLOSE void close();

class BadObject {
  OBJECT

public:
  BadObject() : worker(work) {}
  ~BadObject() {}

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadObject' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodObject {
  OBJECT

public:
  GoodObject() : worker(work) {}
  ~GoodObject() { worker.join(); }

private:
  std::thread worker;
};

class GoodObjectWithMethodElsewhere {
  OBJECT

public:
  GoodObjectWithMethodElsewhere() : worker(work) {}
  ~GoodObjectWithMethodElsewhere() {}
  void close();

private:
  std::thread worker;
};

class BadSignals {
public:
  BadSignals() : worker(new std::thread(work)) {}
  ~BadSignals() { work(); }

SIGNALS:
  void changed();
  void finished(int result);

private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may still be joinable when 'BadSignals' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class GoodSignals {
public:
  GoodSignals() : worker(new std::thread(work)) {}
  ~GoodSignals() {
    worker->join();
    delete worker;
  }

SIGNALS:
  void changed();
  void finished(int result);

private:
  std::thread *worker;
};

// The author's own methods follow the signals.
class GoodSignalsThenOwn {
public:
  GoodSignalsThenOwn() : worker(work) {}
  ~GoodSignalsThenOwn() {}

SIGNALS:
  void changed();

public:
  void close();

private:
  std::thread worker;
};

// Slots are the author's.
class GoodSlots {
public:
  GoodSlots() : worker(work) {}
  ~GoodSlots() {}

public SLOTS:
  void close();

private:
  std::thread worker;
};

// A macro of this file is not a generator's.
class GoodOwnMacro {
public:
  GoodOwnMacro() : worker(work) {}
  ~GoodOwnMacro() {}
  OWN_CLOSE

private:
  std::thread worker;
};

// What holders have to do.

class Task {
  OBJECT

public:
  Task() { worker = std::thread(work); }
  void wait() { worker.join(); }

SIGNALS:
  void done();

private:
  std::thread worker;
};

class BadHolder {
public:
  BadHolder() : task(std::make_unique<Task>()) {}

private:
  std::unique_ptr<Task> task;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'task' may still own a running thread when 'BadHolder' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodHolder {
public:
  GoodHolder() : task(std::make_unique<Task>()) {}
  ~GoodHolder() { task->wait(); }

private:
  std::unique_ptr<Task> task;
};

class TaskWithClose {
  OBJECT

public:
  TaskWithClose() { worker = std::thread(work); }
  void wait() { worker.join(); }
  void close();

private:
  std::thread worker;
};

class GoodHolderOfOther {
public:
  GoodHolderOfOther() : task(std::make_unique<TaskWithClose>()) {}

private:
  std::unique_ptr<TaskWithClose> task;
};
