// Destructors that don't return, siblings that join, and memory that others know.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <cstdlib>
#include <functional>
#include <new>
#include <pthread.h>
#include <thread>
#include <utility>

void work();
bool ready();

// Destructors that don't return.

class GoodAborts {
public:
  GoodAborts() : worker(work) {}
  ~GoodAborts() { std::abort(); }

private:
  std::thread worker;
};

class BadAbortsSometimes {
public:
  BadAbortsSometimes() : worker(work) {}
  ~BadAbortsSometimes() {
    if (!ready())
      std::abort();
  }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadAbortsSometimes' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodAbortsPosix {
public:
  GoodAbortsPosix() : started(false) {}
  virtual ~GoodAbortsPosix() { abort(); }
  virtual void schedule() {
    if (!started) {
      started = true;
      pthread_create(&thread, nullptr, &GoodAbortsPosix::run, this);
    }
  }

private:
  static void *run(void *) { return nullptr; }
  pthread_t thread;
  bool started;
};

// One thread of the object waits for the others.

class GoodSiblingJoins {
public:
  GoodSiblingJoins()
      : notifier(std::bind(&GoodSiblingJoins::notify, this)),
        stopper(std::bind(&GoodSiblingJoins::wait_for_stop, this)) {}
  ~GoodSiblingJoins() { stopper.join(); }

private:
  void notify() {}
  void wait_for_stop() { notifier.join(); }
  std::thread notifier, stopper;
};

class BadSiblingDoesNot {
public:
  BadSiblingDoesNot()
      : notifier(std::bind(&BadSiblingDoesNot::notify, this)),
        stopper(std::bind(&BadSiblingDoesNot::wait_for_stop, this)) {}
  ~BadSiblingDoesNot() { stopper.join(); }

private:
  void notify() {}
  void wait_for_stop() { work(); }
  std::thread notifier, stopper;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'notifier' may still be joinable when 'BadSiblingDoesNot' is destroyed
};

class GoodSiblingJoinsByLambda {
public:
  GoodSiblingJoinsByLambda() : notifier(work), stopper([this] { notifier.join(); }) {}
  ~GoodSiblingJoinsByLambda() { stopper.join(); }

private:
  std::thread notifier, stopper;
};

// An array on the heap, behind a member that remembers it.

struct GoodHeapArray {
  std::thread *threads = nullptr;
  int spawned = 0;
  void spawn(int n);
  void kill();
};

static void loop(GoodHeapArray *, int) {}

void GoodHeapArray::spawn(int n) {
  if (spawned >= n)
    return;
  kill();
  threads = new std::thread[n];
  for (int i = 0; i < n; i++)
    threads[i] = std::thread(loop, this, i + 1);
  spawned = n;
}

void GoodHeapArray::kill() {
  if (spawned <= 0)
    return;
  for (int i = 0; i < spawned; i++)
    threads[i].join();
  delete[] threads;
  threads = nullptr;
  spawned = 0;
}

void bad_heap_object() {
  auto *worker = new std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the thread started here is neither joined nor detached on this path; nobody can wait for it any more [leak-unjoined-thread]
  (void)worker;
}

void good_heap_object(GoodHeapArray &holder) {
  auto *worker = new std::thread(work);
  holder.threads = worker;
}

// Placement new, also where its operator isn't known yet.

void good_generic_lambda() {
  alignas(std::thread) unsigned char buffer[sizeof(std::thread)];
  auto make = [&](auto function) { new (buffer) std::thread(function); };
  make(work);
  auto *worker = std::launder(reinterpret_cast<std::thread *>(buffer));
  worker->join();
  worker->~thread();
}

template <class T> struct Slot {
  alignas(T) unsigned char buffer[sizeof(T)];
  template <class... A> T *make(A &&...a) { return new (buffer) T(std::forward<A>(a)...); }
};

void good_slot(Slot<std::thread> &slot) { slot.make(work); }
