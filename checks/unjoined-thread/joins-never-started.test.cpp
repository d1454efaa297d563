// Destructors that join what may never have been started.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <cassert>
#include <memory>
#include <optional>
#include <pthread.h>
#include <system_error>
#include <thread>
#include <vector>

void work();

class BadJoins {
public:
  BadJoins() {}
  ~BadJoins() { worker.join(); }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadJoins' is destroyed; the join throws, and std::terminate is called [leak-unjoined-thread]
};

class GoodAsks {
public:
  GoodAsks() {}
  ~GoodAsks() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

class BadNoConstructor {
public:
  ~BadNoConstructor() { worker.join(); }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadNoConstructor' is destroyed
};

class BadThroughStop {
public:
  ~BadThroughStop() { stop(); }
  void start() { worker = std::thread(work); }
  void stop() { worker.join(); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadThroughStop' is destroyed
};

class GoodThroughStop {
public:
  ~GoodThroughStop() { stop(); }
  void start() { worker = std::thread(work); }
  void stop() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class GoodStopOnlyIfStarted {
public:
  ~GoodStopOnlyIfStarted() {
    if (started)
      stop();
  }
  void start() {
    started = true;
    worker = std::thread(work);
  }
  void stop() { worker.join(); }

private:
  bool started = false;
  std::thread worker;
};

class GoodReturnsBefore {
public:
  ~GoodReturnsBefore() {
    if (!started)
      return;
    worker.join();
  }
  void start() {
    started = true;
    worker = std::thread(work);
  }

private:
  bool started = false;
  std::thread worker;
};

class BadOneConstructorOfTwo {
public:
  BadOneConstructorOfTwo() {}
  explicit BadOneConstructorOfTwo(int) : worker(work) {}
  ~BadOneConstructorOfTwo() { worker.join(); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadOneConstructorOfTwo' is destroyed
};

class GoodBothConstructors {
public:
  GoodBothConstructors() : worker(work) {}
  explicit GoodBothConstructors(int) : GoodBothConstructors() {}
  ~GoodBothConstructors() { worker.join(); }

private:
  std::thread worker;
};

class BadConstructorSometimes {
public:
  explicit BadConstructorSometimes(bool now) {
    if (now)
      worker = std::thread(work);
  }
  ~BadConstructorSometimes() { worker.join(); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadConstructorSometimes' is destroyed
};

class GoodConstructorAlways {
public:
  GoodConstructorAlways() { start(); }
  ~GoodConstructorAlways() { worker.join(); }

private:
  void start() { worker = std::thread(work); }
  std::thread worker;
};

class GoodStartedAtTheField {
public:
  ~GoodStartedAtTheField() { worker.join(); }
  void restart() {
    worker.join();
    worker = std::thread(work);
  }

private:
  std::thread worker{work};
};

// Only a function of the class makes objects, and it starts them.
class GoodPrivateConstructor {
public:
  static std::unique_ptr<GoodPrivateConstructor> make() {
    std::unique_ptr<GoodPrivateConstructor> made(new GoodPrivateConstructor);
    made->worker = std::thread(work);
    return made;
  }
  ~GoodPrivateConstructor() { worker.join(); }

private:
  GoodPrivateConstructor() {}
  std::thread worker;
};

struct GoodPlainStruct {
  std::thread worker;
  ~GoodPlainStruct() { worker.join(); }
};

void start_plain_struct(GoodPlainStruct &s) { s.worker = std::thread(work); }

class GoodCatches {
public:
  ~GoodCatches() {
    try {
      worker.join();
    } catch (const std::system_error &) {
    }
  }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

class GoodCatchesAroundStop {
public:
  ~GoodCatchesAroundStop() {
    try {
      stop();
    } catch (...) {
    }
  }
  void start() { worker = std::thread(work); }
  void stop() { worker.join(); }

private:
  std::thread worker;
};

// Through pointers that may be null.

class BadUniquePtr {
public:
  ~BadUniquePtr() { worker->join(); }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'worker' may never have been started when 'BadUniquePtr' is destroyed; the join goes through a null pointer [leak-unjoined-thread]
};

class GoodUniquePtr {
public:
  ~GoodUniquePtr() {
    if (worker)
      worker->join();
  }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodUniquePtrCompared {
public:
  ~GoodUniquePtrCompared() {
    if (worker != nullptr && worker->joinable())
      worker->join();
  }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodUniquePtrReturns {
public:
  ~GoodUniquePtrReturns() {
    if (!worker)
      return;
    worker->join();
  }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
};

class BadRawPointer {
public:
  explicit BadRawPointer(int delay) {
    if (delay > 0)
      worker = new std::thread(work);
    else
      worker = nullptr;
  }
  ~BadRawPointer() {
    worker->join();
    delete worker;
  }

private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may never have been started when 'BadRawPointer' is destroyed
};

class GoodRawPointer {
public:
  explicit GoodRawPointer(int delay) {
    if (delay > 0)
      worker = new std::thread(work);
    else
      worker = nullptr;
  }
  ~GoodRawPointer() {
    if (worker)
      worker->join();
    delete worker;
  }

private:
  std::thread *worker;
};

class GoodRawPointerAlways {
public:
  GoodRawPointerAlways() : worker(new std::thread(work)) {}
  ~GoodRawPointerAlways() {
    worker->join();
    delete worker;
  }

private:
  std::thread *worker;
};

class GoodOptional {
public:
  ~GoodOptional() {
    if (worker.has_value())
      worker->join();
  }
  void start() { worker.emplace(work); }

private:
  std::optional<std::thread> worker;
};

// A loop over none joins none.
class GoodVector {
public:
  ~GoodVector() {
    for (std::thread &t : pool)
      t.join();
  }
  void start() { pool.emplace_back(work); }

private:
  std::vector<std::thread> pool;
};

// Nothing is thrown here; what pthread_join does with rubbish is another story.
class GoodPosix {
public:
  ~GoodPosix() { pthread_join(id, nullptr); }
  void start() { pthread_create(&id, nullptr, entry, nullptr); }

private:
  static void *entry(void *) { return nullptr; }
  pthread_t id = 0;
};

// The file of the class itself makes no object of it.
class BadInItsOwnFile {
public:
  ~BadInItsOwnFile() { worker.join(); }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadInItsOwnFile' is destroyed
};

class GoodInItsOwnFile {
public:
  ~GoodInItsOwnFile() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

// Nobody wrote their constructors: they exist where an object is made.
void make_them() {
  (void)std::make_unique<BadNoConstructor>();
  (void)std::make_unique<BadThroughStop>();
  (void)std::make_unique<BadUniquePtr>();
  (void)std::make_unique<GoodThroughStop>();
  (void)std::make_unique<GoodStopOnlyIfStarted>();
  (void)std::make_unique<GoodReturnsBefore>();
  (void)std::make_unique<GoodStartedAtTheField>();
  (void)std::make_unique<GoodPlainStruct>();
  (void)std::make_unique<GoodCatches>();
  (void)std::make_unique<GoodCatchesAroundStop>();
  (void)std::make_unique<GoodUniquePtr>();
  (void)std::make_unique<GoodUniquePtrCompared>();
  (void)std::make_unique<GoodUniquePtrReturns>();
  (void)std::make_unique<GoodOptional>();
  (void)std::make_unique<GoodVector>();
  (void)std::make_unique<GoodPosix>();
}

class GoodConstructorElsewhere {
public:
  GoodConstructorElsewhere();
  ~GoodConstructorElsewhere() { worker.join(); }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

// In a derived class, the base's constructor starts it.
class StartsForDerived {
protected:
  StartsForDerived() : worker(work) {}
  ~StartsForDerived() { worker.join(); }
  std::thread worker;
};

class GoodDerived : StartsForDerived {};

void make_derived() { (void)std::make_unique<GoodDerived>(); }

// Asked through a pointer that may be null.

class BadJoinableThroughNull {
public:
  BadJoinableThroughNull() {}
  ~BadJoinableThroughNull() {
    if (worker->joinable())
      worker->join();
  }
  void start() { worker.reset(new std::thread(work)); }

private:
  std::unique_ptr<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'worker' may never have been started when 'BadJoinableThroughNull' is destroyed; the question whether it runs goes through a null pointer [leak-unjoined-thread]
};

class BadJoinableThroughRawNull {
public:
  BadJoinableThroughRawNull() : worker(nullptr) {}
  ~BadJoinableThroughRawNull() {
    if ((*worker).joinable())
      worker->join();
    delete worker;
  }
  void start() { worker = new std::thread(work); }

private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may never have been started when 'BadJoinableThroughRawNull' is destroyed; the question whether it runs goes through a null pointer [leak-unjoined-thread]
};

class BadPointerNeverSet {
public:
  BadPointerNeverSet() {}
  ~BadPointerNeverSet() { worker->join(); }
  void start() { worker = new std::thread(work); }

private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may never have been started when 'BadPointerNeverSet' is destroyed; the join goes through a pointer that was never set [leak-unjoined-thread]
};

class BadEmptyOptional {
public:
  BadEmptyOptional() {}
  ~BadEmptyOptional() { worker->join(); }
  void start() { worker.emplace(work); }

private:
  std::optional<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'worker' may never have been started when 'BadEmptyOptional' is destroyed; the join finds it empty [leak-unjoined-thread]
};

class BadEmptyHandleOnHeap {
public:
  BadEmptyHandleOnHeap() : worker(new std::thread()) {}
  ~BadEmptyHandleOnHeap() {
    worker->join();
    delete worker;
  }
  void start() { *worker = std::thread(work); }

private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may never have been started when 'BadEmptyHandleOnHeap' is destroyed; the join throws, and std::terminate is called [leak-unjoined-thread]
};

class GoodEmptyHandleOnHeap {
public:
  GoodEmptyHandleOnHeap() : worker(new std::thread()) {}
  ~GoodEmptyHandleOnHeap() {
    if (worker->joinable())
      worker->join();
    delete worker;
  }
  void start() { *worker = std::thread(work); }

private:
  std::thread *worker;
};

class GoodEmptyHandleInUniquePtr {
public:
  GoodEmptyHandleInUniquePtr() { worker = std::make_unique<std::thread>(); }
  ~GoodEmptyHandleInUniquePtr() {
    if (worker->joinable())
      worker->join();
  }
  void start() { *worker = std::thread(work); }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodEmptyHandleFromInit {
public:
  GoodEmptyHandleFromInit() { init(); }
  ~GoodEmptyHandleFromInit() {
    if (worker->joinable())
      worker->join();
  }
  void start() { *worker = std::thread(work); }

private:
  void init() { worker.reset(new std::thread); }
  std::unique_ptr<std::thread> worker;
};

class GoodAsksPointerFirst {
public:
  GoodAsksPointerFirst() {}
  ~GoodAsksPointerFirst() {
    if (worker.get() && worker->joinable())
      worker->join();
  }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodAsserts {
public:
  GoodAsserts() : worker(nullptr) {}
  ~GoodAsserts() {
    assert(worker != nullptr);
    worker->join();
  }
  void start() { worker = new std::thread(work); }

private:
  std::thread *worker;
};

class GoodAsksFlagFirst {
public:
  GoodAsksFlagFirst() {}
  ~GoodAsksFlagFirst() {
    if (started && worker->joinable())
      worker->join();
  }
  void start() {
    started = true;
    worker = std::make_unique<std::thread>(work);
  }

private:
  bool started = false;
  std::unique_ptr<std::thread> worker;
};

// Protected constructors make objects, too.

class BadProtectedConstructor {
public:
  virtual ~BadProtectedConstructor() { worker.join(); }
  void start() { worker = std::thread(work); }

protected:
  BadProtectedConstructor() {}

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadProtectedConstructor' is destroyed
};

class GoodProtectedConstructorAsks {
public:
  virtual ~GoodProtectedConstructorAsks() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); }

protected:
  GoodProtectedConstructorAsks() {}

private:
  std::thread worker;
};

// For derived classes alone, which start it when they are made.
class GoodProtectedStart {
public:
  virtual ~GoodProtectedStart() { worker.join(); }

protected:
  GoodProtectedStart() {}
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

class GoodDerivedStarts {
public:
  virtual ~GoodDerivedStarts() { worker.join(); }
  void start() { worker = std::thread(work); }

protected:
  GoodDerivedStarts() {}

private:
  std::thread worker;
};

class Derived : public GoodDerivedStarts {
public:
  Derived() { start(); }
};

// What a condition does, is done.
class GoodStartedInCondition {
public:
  GoodStartedInCondition() {
    if ((worker = std::thread(work)).joinable())
      work();
  }
  ~GoodStartedInCondition() { worker.join(); }

private:
  std::thread worker;
};
