// What the notes tell of members, and of objects of classes with a duty.
// RUN: %check_leaks %s leak-unjoined-thread

#include <memory>
#include <pthread.h>
#include <thread>

void work();

class Wrapper {
public:
  explicit Wrapper(void (*f)()) : worker(f) {}
  void join() { worker.join(); }

private:
  std::thread worker;
};

class BadHolder {
public:
  BadHolder() : w(work) {}

private:
  Wrapper w;
};
// CHECK-NOTES: :[[@LINE-2]]:11: warning: 'w' may still own a running thread when 'BadHolder' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-6]]:17: note: thread started here
// CHECK-NOTES: :[[@LINE-9]]:7: note: 'BadHolder' has no destructor that joins it
// CHECK-NOTES: :[[@LINE-13]]:15: note: 'Wrapper' owns the thread 'worker'; only 'join' releases it, and destruction doesn't

class BadHolderWithDestructor {
public:
  BadHolderWithDestructor() : w(work) {}
  ~BadHolderWithDestructor() {}

private:
  Wrapper w;
};
// CHECK-NOTES: :[[@LINE-2]]:11: warning: 'w' may still own a running thread when 'BadHolderWithDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-7]]:31: note: thread started here
// CHECK-NOTES: :[[@LINE-7]]:3: note: the destructor neither joins nor detaches it
// CHECK-NOTES: :[[@LINE-26]]:15: note: 'Wrapper' owns the thread 'worker'; only 'join' releases it, and destruction doesn't

class BadDeletes {
public:
  BadDeletes() : w(new Wrapper(work)) {}
  ~BadDeletes() { delete w; }

private:
  Wrapper *w;
};
// CHECK-NOTES: :[[@LINE-2]]:12: warning: 'w' may still own a running thread when 'BadDeletes' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-7]]:20: note: thread started here
// CHECK-NOTES: :[[@LINE-7]]:19: note: deleted here without a join
// CHECK-NOTES: :[[@LINE-39]]:15: note: 'Wrapper' owns the thread 'worker'; only 'join' releases it, and destruction doesn't

static Wrapper bad_static(work);
// CHECK-NOTES: :[[@LINE-1]]:16: warning: 'bad_static' is never joined and is still joinable when the program ends; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-2]]:16: note: thread started here
// CHECK-NOTES: :[[@LINE-44]]:15: note: 'Wrapper' owns the thread 'worker'; only 'join' releases it, and destruction doesn't

void bad_owned() {
  auto *w = new Wrapper(work);
  delete w;
}
// CHECK-NOTES: :[[@LINE-3]]:17: warning: the thread is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-4]]:17: note: Calling constructor for 'Wrapper'
// CHECK-NOTES: :[[@LINE-56]]:35: note: thread started here
// CHECK-NOTES: :[[@LINE-6]]:17: note: Returning from constructor for 'Wrapper'
// CHECK-NOTES: :[[@LINE-6]]:3: note: Calling implicit destructor for 'Wrapper'
// CHECK-NOTES: :[[@LINE-61]]:7: note: the thread goes out of scope here

class BadFlag {
public:
  BadFlag() : worker(&BadFlag::run, this) {}
  ~BadFlag() {
    if (running)
      worker.join();
  }

private:
  void run() { running = false; }
  bool running = true;
  std::thread worker;
};
// CHECK-NOTES: :[[@LINE-2]]:15: warning: 'worker' may still be joinable when 'BadFlag' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-12]]:15: note: thread started here
// CHECK-NOTES: :[[@LINE-11]]:9: note: released only when 'running' is true
// CHECK-NOTES: :[[@LINE-7]]:16: note: the thread itself makes 'running' false here, and is not released then

class BadOtherFlag {
public:
  BadOtherFlag() : worker(&BadOtherFlag::run, this) {}
  ~BadOtherFlag() {
    if (done)
      return;
    worker.join();
  }

private:
  void run() { done = true; }
  bool done = false;
  std::thread worker;
};
// CHECK-NOTES: :[[@LINE-2]]:15: warning: 'worker' may still be joinable when 'BadOtherFlag' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-13]]:20: note: thread started here
// CHECK-NOTES: :[[@LINE-12]]:9: note: released only when 'done' is false
// CHECK-NOTES: :[[@LINE-7]]:16: note: the thread itself makes 'done' true here, and is not released then

class BadNeverStarted {
public:
  BadNeverStarted() {}
  ~BadNeverStarted() { worker.join(); }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};
// CHECK-NOTES: :[[@LINE-2]]:15: warning: 'worker' may never have been started when 'BadNeverStarted' is destroyed; the join throws, and std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-6]]:18: note: thread started here
// CHECK-NOTES: :[[@LINE-8]]:24: note: joined here without asking whether it runs

static void fails() { throw 1; }

class BadConstructor {
public:
  BadConstructor() : worker(work) { fails(); }
  ~BadConstructor() { worker.join(); }

private:
  std::thread worker;
};
// CHECK-NOTES: :[[@LINE-6]]:22: warning: 'worker' is still joinable when an exception leaves this constructor; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-7]]:37: note: this call may throw
// CHECK-NOTES: :[[@LINE-12]]:23: note: exception thrown here

class BadConstructorThrow {
public:
  explicit BadConstructorThrow(int n) {
    worker = std::thread(work);
    if (n < 0)
      throw n;
  }
  ~BadConstructorThrow() { worker.join(); }

private:
  std::thread worker;
};
// CHECK-NOTES: :[[@LINE-9]]:5: warning: 'worker' is still joinable when an exception leaves this constructor; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-8]]:7: note: exception thrown here

class BadNeverSet {
public:
  ~BadNeverSet() {
    if (started)
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  bool started = false;
  std::thread worker;
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadNeverSet' is destroyed; std::terminate is called [leak-unjoined-thread]
  // CHECK-NOTES: :[[@LINE-6]]:18: note: thread started here
  // CHECK-NOTES: :[[@LINE-10]]:9: note: released only when 'started' is true
  // CHECK-NOTES: :[[@LINE-5]]:8: note: nothing ever makes 'started' true
};

class BadBorrows {
public:
  ~BadBorrows() {
    if (auto t = weak.lock())
      worker.join();
  }
  void start(std::shared_ptr<int> t) {
    worker = std::thread([t] { work(); });
    weak = t;
  }

private:
  std::weak_ptr<int> weak;
  std::thread worker;
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadBorrows' is destroyed; std::terminate is called [leak-unjoined-thread]
  // CHECK-NOTES: :[[@LINE-8]]:5: note: thread started here
  // CHECK-NOTES: :[[@LINE-13]]:14: note: released only while the object of 'weak' is alive
  // CHECK-NOTES: :[[@LINE-10]]:26: note: the thread itself owns that object, which ends with it
};

class BadAsksNull {
public:
  BadAsksNull() {}
  ~BadAsksNull() {
    if (worker->joinable())
      worker->join();
  }
  void start() { worker = std::make_unique<std::thread>(work); }

private:
  std::unique_ptr<std::thread> worker;
  // CHECK-NOTES: :[[@LINE-1]]:32: warning: 'worker' may never have been started when 'BadAsksNull' is destroyed; the question whether it runs goes through a null pointer [leak-unjoined-thread]
  // CHECK-NOTES: :[[@LINE-5]]:18: note: thread started here
  // CHECK-NOTES: :[[@LINE-9]]:9: note: asked here without asking first whether there is one
};
