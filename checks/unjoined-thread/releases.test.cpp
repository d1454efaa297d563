// Releases that destruction can't count on, and members that are pointers in
// containers.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <list>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <vector>

void work();
bool ready();

//===--- Joined only to be started again ----------------------------------===//

class BadRenewed {
public:
  void render(bool clicked) {
    if (clicked && !open) {
      open = true;
      if (worker.joinable())
        worker.join();
      worker = std::thread(&BadRenewed::choose, this);
    }
  }

private:
  void choose() { open = false; }
  bool open = false;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadRenewed' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class BadRenewedPointer {
public:
  void refresh() {
    if (worker) {
      worker->join();
      delete worker;
    }
    worker = new std::thread(work);
  }

private:
  std::thread *worker = nullptr;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may still be joinable when 'BadRenewedPointer' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class BadRenewedDestructor {
public:
  ~BadRenewedDestructor() { work(); }
  void refresh() {
    if (worker && worker->joinable())
      worker->join();
    worker = std::make_unique<std::thread>(work);
  }

private:
  std::unique_ptr<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'worker' may still be joinable when 'BadRenewedDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodRenewed {
public:
  ~GoodRenewed() {
    if (worker.joinable())
      worker.join();
  }
  void refresh() {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }

private:
  std::thread worker;
};

// What stop() says is up to whoever holds the object.
class GoodRenewedAndStopped {
public:
  void refresh() {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }
  void stop() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

// It isn't always started again.
class GoodRenewedSometimes {
public:
  void set(bool on) {
    if (worker.joinable())
      worker.join();
    if (on)
      worker = std::thread(work);
  }

private:
  std::thread worker;
};

class GoodRenewedUnlessOff {
public:
  void set(bool on) {
    if (worker.joinable())
      worker.join();
    if (!on)
      return;
    worker = std::thread(work);
  }

private:
  std::thread worker;
};

class GoodStartedAndJoined {
public:
  void run() {
    worker = std::thread(work);
    worker.join();
  }

private:
  std::thread worker;
};

//===--- Joined on account of a parameter ---------------------------------===//

class BadLastOneOut {
public:
  void wake(int *writer) {
    writers.insert(writer);
    if (!worker)
      worker = new std::thread(work);
  }
  void unregister(int *writer) {
    if (writers.erase(writer)) {
      if (worker) {
        worker->join();
        delete worker;
        worker = nullptr;
      }
    }
  }

private:
  std::set<int *> writers;
  std::thread *worker = nullptr;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may still be joinable when 'BadLastOneOut' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class GoodLastOneOut {
public:
  ~GoodLastOneOut() { close(); }
  void wake(int *writer) {
    writers.insert(writer);
    if (!worker)
      worker = new std::thread(work);
  }
  void unregister(int *writer) {
    if (writers.erase(writer))
      close();
  }

private:
  void close() {
    if (worker) {
      worker->join();
      delete worker;
    }
    worker = nullptr;
  }
  std::set<int *> writers;
  std::thread *worker = nullptr;
};

// It says itself that there is nothing left.
class GoodChecksAtTheEnd {
public:
  ~GoodChecksAtTheEnd();
  void wake(int *writer) {
    writers.insert(writer);
    if (!worker)
      worker = new std::thread(work);
  }
  void unregister(int *writer) {
    if (writers.erase(writer) && worker) {
      worker->join();
      delete worker;
      worker = nullptr;
    }
  }

private:
  std::set<int *> writers;
  std::thread *worker = nullptr;
};
GoodChecksAtTheEnd::~GoodChecksAtTheEnd() {
  if (!writers.empty())
    work();
}

class GoodStopWithOptions {
public:
  void start() { worker = std::thread(work); }
  void stop(bool wait) {
    if (wait && worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

bool tell(int reason);
class GoodStopWithReason {
public:
  void start() { worker = std::thread(work); }
  void stop(int reason) {
    if (tell(reason) && worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

//===--- Pointers in containers -------------------------------------------===//

class Task {
public:
  void start() { worker = std::thread(work); }
  void join() { worker.join(); }

private:
  std::thread worker;
};

class Running {
public:
  Running() : worker(work) {}
  void join() { worker.join(); }

private:
  std::thread worker;
};

class BadDeletes {
public:
  BadDeletes() {
    for (int i = 0; i < 3; ++i)
      all.push_back(new Running);
  }
  ~BadDeletes() {
    for (Running *r : all)
      delete r;
  }

private:
  std::vector<Running *> all;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'all' may still hold joinable threads when 'BadDeletes' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class BadDeletesHandles {
public:
  ~BadDeletesHandles() {
    for (auto *t : all)
      delete t;
    all.clear();
  }
  void add() { all.push_back(new std::thread(work)); }

private:
  std::list<std::thread *> all;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'all' may still hold joinable threads when 'BadDeletesHandles' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class BadDeletesStarted {
public:
  ~BadDeletesStarted() {
    for (Task *t : all)
      delete t;
  }
  void add() {
    Task *t = new Task;
    t->start();
    all.push_back(t);
  }

private:
  std::vector<Task *> all;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'all' may still hold joinable threads when 'BadDeletesStarted' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class BadShared {
public:
  void add() {
    auto t = std::make_shared<Task>();
    t->start();
    all.push_back(t);
  }

private:
  std::vector<std::shared_ptr<Task>> all;
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'all' may still hold joinable threads when 'BadShared' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodDeletes {
public:
  GoodDeletes() {
    for (int i = 0; i < 3; ++i)
      all.push_back(new Running);
  }
  ~GoodDeletes() {
    for (Running *r : all) {
      r->join();
      delete r;
    }
  }

private:
  std::vector<Running *> all;
};

class GoodDeletesAfterStop { // Its holders call stop() first.
public:
  GoodDeletesAfterStop() {
    for (int i = 0; i < 3; ++i)
      all.push_back(new Running);
  }
  ~GoodDeletesAfterStop() {
    for (Running *r : all)
      delete r;
  }
  void stop() {
    for (Running *r : all)
      r->join();
  }

private:
  std::vector<Running *> all;
};

class GoodOthersTasks { // It deletes none.
public:
  void add() {
    Task *t = new Task;
    t->start();
    all.push_back(t);
  }
  const std::vector<Task *> &tasks() const { return all; }

private:
  std::vector<Task *> all;
};

class GoodSharedElsewhere {
public:
  std::shared_ptr<Task> add() {
    auto t = std::make_shared<Task>();
    t->start();
    all.push_back(t);
    return t;
  }

private:
  std::vector<std::shared_ptr<Task>> all;
};

class GoodJoinedBefore {
public:
  ~GoodJoinedBefore() {
    for (Task *t : all)
      delete t;
  }
  void add() {
    Task *t = new Task;
    t->start();
    t->join();
    all.push_back(t);
  }

private:
  std::vector<Task *> all;
};
