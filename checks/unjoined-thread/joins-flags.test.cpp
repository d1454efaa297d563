// Destructors that join only sometimes: behind a flag that nobody ever sets, one
// that the entry function clears through its argument, or an object that the
// thread itself owns.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <atomic>
#include <memory>
#include <pthread.h>
#include <thread>

void work();
void look_at(const bool &);
void set(bool &);

// A flag that nobody sets.

class BadNeverSet {
public:
  BadNeverSet() : started(false) {}
  ~BadNeverSet() { wait(); }
  bool start() { return pthread_create(&id, nullptr, run, this) == 0; }
  void wait() {
    if (!started)
      return;
    pthread_join(id, nullptr);
    started = false;
  }

private:
  static void *run(void *) { return nullptr; }
  bool started;
  pthread_t id;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'id' may still be joinable when 'BadNeverSet' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodSet {
public:
  GoodSet() : started(false) {}
  ~GoodSet() { wait(); }
  bool start() {
    started = pthread_create(&id, nullptr, run, this) == 0;
    return started;
  }
  void wait() {
    if (!started)
      return;
    pthread_join(id, nullptr);
    started = false;
  }

private:
  static void *run(void *) { return nullptr; }
  bool started;
  pthread_t id;
};

class BadAtomicNeverSet {
public:
  ~BadAtomicNeverSet() {
    if (started.load()) {
      started.store(false);
      worker.join();
    }
  }
  void start() { worker = std::thread(work); }

private:
  std::atomic<bool> started{false};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadAtomicNeverSet' is destroyed
};

class GoodAtomicStored {
public:
  ~GoodAtomicStored() {
    if (started.load()) {
      started.store(false);
      worker.join();
    }
  }
  void start() {
    worker = std::thread(work);
    started.store(true);
  }

private:
  std::atomic<bool> started{false};
  std::thread worker;
};

class GoodAtomicExchanged {
public:
  ~GoodAtomicExchanged() {
    if (started)
      worker.join();
  }
  void start() {
    if (!started.exchange(true))
      worker = std::thread(work);
  }

private:
  std::atomic<bool> started{false};
  std::thread worker;
};

// Cleared by those who can't join any more, set by nobody.
class BadNeverCleared {
public:
  ~BadNeverCleared() {
    if (!joining)
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  bool joining = true;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadNeverCleared' is destroyed
};

class GoodSetByLambda {
public:
  ~GoodSetByLambda() {
    if (started)
      worker.join();
  }
  void start() {
    auto then = [this] { started = true; };
    worker = std::thread(work);
    then();
  }

private:
  bool started = false;
  std::thread worker;
};

class GoodSetByFriend {
  friend void set_friend(GoodSetByFriend &g) { g.started = true; }

public:
  ~GoodSetByFriend() {
    if (started)
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  bool started = false;
  std::thread worker;
};

class GoodSetByReference {
public:
  ~GoodSetByReference() {
    if (started)
      worker.join();
  }
  void start() {
    worker = std::thread(work);
    set(started);
  }

private:
  bool started = false;
  std::thread worker;
};

class GoodSetByVariable {
public:
  ~GoodSetByVariable() {
    if (started)
      worker.join();
  }
  void start(bool really) {
    worker = std::thread(work);
    started = really;
  }

private:
  bool started = false;
  std::thread worker;
};

class GoodSetByConstructor {
public:
  explicit GoodSetByConstructor(bool joins) : joins(joins), worker(work) {}
  ~GoodSetByConstructor() {
    if (joins)
      worker.join();
    else
      worker.detach();
  }

private:
  bool joins;
  std::thread worker;
};

class GoodCounted {
public:
  ~GoodCounted() {
    if (started)
      worker.join();
  }
  void start() {
    worker = std::thread(work);
    ++started;
  }

private:
  int started = 0;
  std::thread worker;
};

class GoodNeverInitialised {
public:
  GoodNeverInitialised() {}
  ~GoodNeverInitialised() {
    if (started)
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  bool started;
  std::thread worker;
};

class GoodSetByUnusedTemplate {
public:
  ~GoodSetByUnusedTemplate() {
    if (started)
      worker.join();
  }
  void start() { worker = std::thread(work); }
  template <class T> void mark(T t) { started = t; }

private:
  bool started = false;
  std::thread worker;
};

class GoodHoldersStop {
public:
  ~GoodHoldersStop() {
    if (again)
      worker.join();
  }
  void start() { worker = std::thread(work); }
  void stop() { worker.join(); }

private:
  bool again = false;
  std::thread worker;
};

// Through the argument of the entry function.

void *bad_entry(void *);

class BadThroughArgument {
  friend void *bad_entry(void *);

public:
  BadThroughArgument() : running(false) {}
  ~BadThroughArgument() { wait(); }
  void run() {
    running = true;
    pthread_create(&id, nullptr, bad_entry, this);
  }
  void wait() {
    if (running) {
      pthread_join(id, nullptr);
      running = false;
    }
  }

private:
  bool running;
  pthread_t id;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'id' may still be joinable when 'BadThroughArgument' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

void *bad_entry(void *data) {
  auto *self = static_cast<BadThroughArgument *>(data);
  work();
  self->running = false;
  return nullptr;
}

class BadThroughArgumentOfMember {
public:
  ~BadThroughArgumentOfMember() {
    if (running)
      worker.join();
  }
  void start() {
    running = true;
    worker = std::thread(entry, this);
  }

protected:
  static void entry(BadThroughArgumentOfMember *self) { self->running = false; }
  bool running = false;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadThroughArgumentOfMember' is destroyed
};

// With options, which can't say "detached": the destructor joins.
class BadThroughArgumentWithOptions {
public:
  explicit BadThroughArgumentWithOptions(const pthread_attr_t *options)
      : running(true) {
    pthread_create(&id, options, entry, this);
  }
  ~BadThroughArgumentWithOptions() {
    if (running)
      pthread_join(id, nullptr);
  }

private:
  static void *entry(void *data) {
    ((BadThroughArgumentWithOptions *)data)->running = false;
    return nullptr;
  }
  std::atomic<bool> running;
  pthread_t id;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'id' may still be joinable when 'BadThroughArgumentWithOptions' is destroyed
};

class GoodThroughArgument {
public:
  ~GoodThroughArgument() {
    if (running)
      worker.join();
  }
  void start() {
    running = true;
    worker = std::thread(entry, this);
  }

private:
  static void entry(GoodThroughArgument *self) { self->finished = true; }
  bool running = false, finished = false;
  std::thread worker;
};

// The flag of another object.
class GoodOfAnother {
public:
  ~GoodOfAnother() {
    if (running)
      worker.join();
  }
  void start(GoodOfAnother *previous) {
    running = true;
    worker = std::thread(entry, previous);
  }

private:
  static void entry(GoodOfAnother *previous) { previous->running = false; }
  bool running = false;
  std::thread worker;
};

// An object that the thread owns.

struct Task {
  bool active = true;
  void main() {}
};

class BadBorrows {
public:
  ~BadBorrows() { stop(); }
  void start(std::shared_ptr<Task> t) {
    worker = std::thread([t] { t->main(); });
    task = t;
  }
  void stop() {
    if (auto t = task.lock()) {
      t->active = false;
      worker.detach();
    }
  }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadBorrows' is destroyed; std::terminate is called [leak-unjoined-thread]
  std::weak_ptr<Task> task;
};

class GoodJoinsWithoutTask {
public:
  ~GoodJoinsWithoutTask() {
    if (auto t = task.lock())
      t->active = false;
    if (worker.joinable())
      worker.join();
  }
  void start(std::shared_ptr<Task> t) {
    worker = std::thread([t] { t->main(); });
    task = t;
  }

private:
  std::thread worker;
  std::weak_ptr<Task> task;
};

class GoodJoinsElse {
public:
  ~GoodJoinsElse() {
    if (auto t = task.lock())
      worker.detach();
    else
      worker.join();
  }
  void start(std::shared_ptr<Task> t) {
    worker = std::thread([t] { t->main(); });
    task = t;
  }

private:
  std::thread worker;
  std::weak_ptr<Task> task;
};

// Its own member keeps the task.
class GoodKeepsTask {
public:
  ~GoodKeepsTask() {
    if (auto t = task.lock())
      worker.join();
  }
  void start(std::shared_ptr<Task> t) {
    worker = std::thread([t] { t->main(); });
    task = t;
    kept = t;
  }

private:
  std::thread worker;
  std::weak_ptr<Task> task;
  std::shared_ptr<Task> kept;
};

// The thread doesn't own the task, whoever does.
class GoodThreadDoesNotOwn {
public:
  ~GoodThreadDoesNotOwn() {
    if (auto t = task.lock())
      worker.join();
  }
  void start(const std::shared_ptr<Task> &t) {
    worker = std::thread([p = t.get()] { p->main(); });
    task = t;
  }

private:
  std::thread worker;
  std::weak_ptr<Task> task;
};
