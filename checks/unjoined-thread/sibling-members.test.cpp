// A lock on the object's own mutex, or a call on another of its members, doesn't
// reach the thread beside it: who makes the object still has to join.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

void work();
bool ready();
void unknown(int *);

class LockGuard {
public:
  LockGuard() {
    std::lock_guard<std::mutex> lock(mutex);
    worker = std::thread(&LockGuard::run, this);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::mutex mutex;
  std::thread worker;
};

void bad_lock_guard() {
  LockGuard object;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'object.worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_lock_guard() {
  LockGuard object;
  object.stop();
}

class UniqueLock {
public:
  UniqueLock() {
    std::unique_lock<std::mutex> lock(mutex);
    worker = std::thread(&UniqueLock::run, this);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::mutex mutex;
  std::thread worker;
};

void bad_unique_lock() {
  UniqueLock object;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_unique_lock() {
  UniqueLock object;
  object.stop();
}

class ScopedLock {
public:
  ScopedLock() {
    std::scoped_lock lock(mutex);
    worker = std::thread(&ScopedLock::run, this);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::mutex mutex;
  std::thread worker;
};

void bad_scoped_lock() {
  ScopedLock object;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_scoped_lock() {
  ScopedLock object;
  object.stop();
}

class LockedByHand {
public:
  LockedByHand() {
    worker = std::thread(&LockedByHand::run, this);
    mutex.lock();
    mutex.unlock();
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::mutex mutex;
  std::thread worker;
};

void bad_locked_by_hand() {
  LockedByHand object;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_locked_by_hand() {
  LockedByHand object;
  object.stop();
}

class Condition {
public:
  Condition() {
    worker = std::thread(&Condition::run, this);
    changed.notify_all();
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::condition_variable changed;
  std::thread worker;
};

void bad_condition() {
  Condition object;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_condition() {
  Condition object;
  object.stop();
}

class Queue {
public:
  Queue() {
    worker = std::thread(&Queue::run, this);
    queue.push_back(2);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::vector<int> queue;
  std::thread worker;
};

void bad_queue() {
  Queue object;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_queue() {
  Queue object;
  object.stop();
}

class Function {
public:
  Function() {
    worker = std::thread(&Function::run, this);
    function = work;
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::function<void()> function;
  std::thread worker;
};

void bad_function() {
  Function object;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_function() {
  Function object;
  object.stop();
}

class Atomic {
public:
  Atomic() {
    worker = std::thread(&Atomic::run, this);
    running = true;
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::atomic<bool> running;
  std::thread worker;
};

void bad_atomic() {
  Atomic object;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_atomic() {
  Atomic object;
  object.stop();
}

class Opaque {
public:
  Opaque() {
    worker = std::thread(&Opaque::run, this);
    unknown(&n);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  int n = 0;
  std::thread worker;
};

void bad_opaque() {
  Opaque object;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_opaque() {
  Opaque object;
  object.stop();
}

// Waiting for the thread's answer is no join.
class Waits {
public:
  void start() {
    worker = std::thread(&Waits::run, this);
    std::unique_lock<std::mutex> lock(mutex);
    while (!answered)
      changed.wait(lock);
  }
  void stop() { worker.join(); }

private:
  void run() {
    std::lock_guard<std::mutex> lock(mutex);
    answered = true;
    changed.notify_one();
  }
  std::mutex mutex;
  std::condition_variable changed;
  bool answered = false;
  std::thread worker;
};

void bad_waits() {
  Waits object;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'object' still owns a running thread when it goes out of scope; std::terminate is called [leak-unjoined-thread]
  object.start();
}

void good_waits() {
  Waits object;
  object.start();
  object.stop();
}

void good_waits_later() {
  Waits object;
  if (!ready())
    return;
  object.start();
  work();
  object.stop();
}

// The same beside a local handle.

void bad_local_waits() {
  std::mutex mutex;
  std::condition_variable changed;
  bool answered = false;
  std::thread worker([&] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
    std::lock_guard<std::mutex> lock(mutex);
    answered = true;
    changed.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  while (!answered)
    changed.wait(lock);
}

void good_local_waits() {
  std::mutex mutex;
  std::condition_variable changed;
  bool answered = false;
  std::thread worker([&] {
    std::lock_guard<std::mutex> lock(mutex);
    answered = true;
    changed.notify_one();
  });
  {
    std::unique_lock<std::mutex> lock(mutex);
    while (!answered)
      changed.wait(lock);
  }
  worker.join();
}

void good_local_waits_flag() {
  std::mutex mutex;
  std::condition_variable changed;
  bool answered = false;
  std::thread worker;
  if (ready())
    worker = std::thread(work);
  {
    std::unique_lock<std::mutex> lock(mutex);
    while (!answered)
      changed.wait(lock);
  }
  if (worker.joinable())
    worker.join();
}

// Tests of the handle itself aren't forgotten by such calls.
class Owned {
public:
  ~Owned() {
    if (worker) {
      changed.notify_all();
      worker->join();
    }
  }
  void start() {
    worker = std::make_unique<std::thread>(&Owned::run, this);
    changed.notify_all();
  }

private:
  void run() {}
  std::condition_variable changed;
  std::unique_ptr<std::thread> worker;
};

void good_owned() {
  Owned object;
  object.start();
}

// What the others hold is unknown after such a call, also whether it runs.

class Guarded {
public:
  void start() {
    std::lock_guard<std::mutex> lock(mutex);
    running = true;
    worker = std::thread(&Guarded::run, this);
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (!running)
        return;
      running = false;
    }
    worker.join();
  }

private:
  void run() {}
  std::mutex mutex;
  bool running = false;
  std::thread worker;
};

void bad_guarded() {
  Guarded object;
  object.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_guarded() {
  Guarded object;
  object.start();
  object.stop();
}

void good_guarded_not_started() {
  Guarded object;
  object.stop();
}

class Exchanged {
public:
  void start() {
    running = true;
    worker = std::thread(work);
  }
  void stop() {
    if (!running.exchange(false))
      return;
    worker.join();
  }

private:
  std::atomic<bool> running{false};
  std::thread worker;
};

void bad_exchanged() {
  Exchanged object;
  object.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_exchanged() {
  Exchanged object;
  object.start();
  object.stop();
}

class Queued {
public:
  void start() {
    running = true;
    worker = std::thread(work);
    queue.push_back(1);
  }
  void stop() {
    if (!running)
      return;
    running = false;
    worker.join();
  }

private:
  bool running = false;
  std::vector<int> queue;
  std::thread worker;
};

void bad_queued() {
  Queued object;
  object.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'object.worker' is still joinable when it goes out of scope on this path
}

void good_queued() {
  Queued object;
  object.start();
  object.stop();
}

class Timer {
public:
  bool start() {
    std::lock_guard<std::mutex> lock(mutex);
    if (running)
      return false;
    running = true;
    worker.reset(new std::thread(&Timer::run, this));
    return true;
  }
  bool shutdown() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (!running)
        return false;
      running = false;
    }
    if (worker)
      worker->join();
    return true;
  }

private:
  void run() {}
  std::mutex mutex;
  bool running = false;
  std::unique_ptr<std::thread> worker;
};

void bad_timer() {
  Timer timer;
  timer.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_timer() {
  Timer timer;
  timer.start();
  timer.shutdown();
}

//===--- One that is detached at birth has nothing to be released ---------===//

class Session {
public:
  Session() : listener(nullptr), sender(nullptr) {}
  ~Session() {
    if (sender) {
      sender->join();
      delete sender;
    }
    delete listener;
  }
  std::thread *listener;
  std::thread *sender;
};

void serve() {
  auto *session = new Session;
  session->sender = new std::thread(work);
  session->listener = new std::thread(work);
  session->listener->detach();
  while (!ready())
    work();
  delete session;
}

//===--- Helpers of the object that don't touch the thread ----------------===//

struct App {
  virtual ~App() {}
  virtual bool init() = 0;
  virtual void stop() = 0;
};
std::shared_ptr<App> create_app(const char *name);

class Client {
public:
  Client() : app(create_app("")), started{false}, runner(&Client::loop, this) {}
  void run() {
    start();
    if (!available)
      return;
    stop();
  }
  void run_to_the_end() {
    start();
    stop();
  }

private:
  void start() {
    app->init();
    started = true;
    available_again.notify_one();
  }
  void stop() {
    app->stop();
    if (started)
      runner.join();
  }
  void loop() {}
  std::shared_ptr<App> app;
  std::condition_variable available_again;
  std::atomic<bool> started, available{false};
  std::thread runner;
};

void bad_client() {
  Client client;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'client.runner' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  client.run();
}

void good_client() {
  Client client;
  client.run_to_the_end();
}
