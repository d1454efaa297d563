// Destructors that join only sometimes: behind a flag that the thread itself
// changes when it ends; and those that join what may never have run.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <atomic>
#include <pthread.h>
#include <thread>

void work();
bool ready();

// Nobody joins a thread that has ended by itself.

class BadFlagCleared {
public:
  void start() {
    running = true;
    worker = std::thread(&BadFlagCleared::run, this);
  }
  ~BadFlagCleared() {
    if (running) {
      running = false;
      worker.join();
    }
  }

private:
  void run() {
    while (running)
      work();
    running = false;
  }
  bool running = false;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadFlagCleared' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodJoinableAsked {
public:
  void start() {
    running = true;
    worker = std::thread(&GoodJoinableAsked::run, this);
  }
  ~GoodJoinableAsked() {
    running = false;
    if (worker.joinable())
      worker.join();
  }

private:
  void run() {
    while (running)
      work();
    running = false;
  }
  bool running = false;
  std::thread worker;
};

class GoodFlagOfTheOwner {
public:
  void start() {
    running = true;
    worker = std::thread(&GoodFlagOfTheOwner::run, this);
  }
  ~GoodFlagOfTheOwner() {
    if (running) {
      running = false;
      worker.join();
    }
  }

private:
  void run() {
    while (running)
      work();
  }
  bool running = false;
  std::thread worker;
};

class BadAtomicFlag {
public:
  BadAtomicFlag() : worker(&BadAtomicFlag::run, this) {}
  ~BadAtomicFlag() {
    if (!done) {
      done = true;
      worker.join();
    }
  }

private:
  void run() {
    try {
      while (!done)
        work();
    } catch (...) {
      done = true;
    }
  }
  std::atomic<bool> done{false};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadAtomicFlag' is destroyed
};

class BadAtomicStoreAndLoad {
public:
  BadAtomicStoreAndLoad() : worker(&BadAtomicStoreAndLoad::run, this) {}
  ~BadAtomicStoreAndLoad() {
    if (running.load())
      worker.join();
  }

private:
  void run() {
    work();
    running.store(false);
  }
  std::atomic<bool> running{true};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadAtomicStoreAndLoad' is destroyed
};

// The destructor and the thread agree on another value.
class GoodSetByTheThread {
public:
  GoodSetByTheThread() : worker(&GoodSetByTheThread::run, this) {}
  ~GoodSetByTheThread() {
    if (started.load())
      worker.join();
    else
      worker.detach();
  }

private:
  void run() {
    started.store(true);
    work();
  }
  std::atomic<bool> started{false};
  std::thread worker;
};

class BadExchange {
public:
  BadExchange() : worker(&BadExchange::run, this) {}
  ~BadExchange() {
    if (running.exchange(false))
      worker.join();
  }

private:
  void run() {
    work();
    running.exchange(false);
  }
  std::atomic<bool> running{true};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadExchange' is destroyed
};

class GoodExchange {
public:
  GoodExchange() : worker(&GoodExchange::run, this) {}
  ~GoodExchange() {
    if (running.exchange(false))
      worker.join();
  }

private:
  void run() {
    while (running)
      work();
  }
  std::atomic<bool> running{true};
  std::thread worker;
};

class BadReturnsUnless {
public:
  BadReturnsUnless() : worker(&BadReturnsUnless::run, this) {}
  ~BadReturnsUnless() {
    if (!running)
      return;
    running = false;
    worker.join();
  }

private:
  void run() {
    while (running && ready())
      work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadReturnsUnless' is destroyed
};

class GoodReturnsUnless {
public:
  GoodReturnsUnless() : worker(&GoodReturnsUnless::run, this) {}
  ~GoodReturnsUnless() {
    if (!worker.joinable())
      return;
    running = false;
    worker.join();
  }

private:
  void run() {
    while (running && ready())
      work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
};

class BadCompared {
public:
  BadCompared() : worker(&BadCompared::run, this) {}
  ~BadCompared() {
    if (running == true)
      worker.join();
  }

private:
  void run() {
    work();
    running = false;
  }
  bool running = true;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadCompared' is destroyed
};

class BadComparedUnequal {
public:
  BadComparedUnequal() : worker(&BadComparedUnequal::run, this) {}
  ~BadComparedUnequal() {
    if (stopped != 0)
      return;
    worker.join();
  }

private:
  void run() {
    work();
    stopped = 1;
  }
  volatile int stopped = 0;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadComparedUnequal' is destroyed
};

class GoodCompared {
public:
  GoodCompared() : worker(&GoodCompared::run, this) {}
  ~GoodCompared() {
    if (running == false)
      work();
    worker.join();
  }

private:
  void run() {
    work();
    running = false;
  }
  bool running = true;
  std::thread worker;
};

class BadInStop {
public:
  BadInStop() : worker(&BadInStop::run, this) {}
  ~BadInStop() { stop(); }
  void stop() {
    if (!running)
      return;
    running = false;
    worker.join();
  }

private:
  void run() {
    work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadInStop' is destroyed
};

class BadGuardsStop {
public:
  BadGuardsStop() : worker(&BadGuardsStop::run, this) {}
  ~BadGuardsStop() {
    if (running)
      stop();
  }
  void stop() { worker.join(); }

private:
  void run() {
    work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadGuardsStop' is destroyed
};

class GoodElsewhereUnguarded {
public:
  GoodElsewhereUnguarded() : worker(&GoodElsewhereUnguarded::run, this) {}
  ~GoodElsewhereUnguarded() {
    if (running) {
      running = false;
      work();
    }
    worker.join();
  }

private:
  void run() {
    work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
};

class GoodBothWays {
public:
  GoodBothWays() : worker(&GoodBothWays::run, this) {}
  ~GoodBothWays() {
    if (running)
      worker.join();
    else
      worker.detach();
  }

private:
  void run() {
    work();
    running = false;
  }
  std::atomic<bool> running{true};
  std::thread worker;
};

class GoodDetachesItself {
public:
  GoodDetachesItself() : worker(&GoodDetachesItself::run, this) {}
  ~GoodDetachesItself() {
    if (running)
      worker.join();
  }

private:
  void run() {
    work();
    running = false;
    worker.detach();
  }
  std::atomic<bool> running{true};
  std::thread worker;
};

class BadLambda {
public:
  void start() {
    running = true;
    worker = std::thread([this] {
      work();
      running = false;
    });
  }
  ~BadLambda() {
    if (running)
      worker.join();
  }

private:
  std::atomic<bool> running{false};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadLambda' is destroyed
};

class GoodOtherFlag {
public:
  GoodOtherFlag() : worker(&GoodOtherFlag::run, this) {}
  ~GoodOtherFlag() {
    if (owned)
      worker.join();
  }

private:
  void run() {
    work();
    running = false;
  }
  bool owned = true;
  std::atomic<bool> running{true};
  std::thread worker;
};

class BadPosix {
public:
  void start() {
    running = true;
    pthread_create(&id, nullptr, &BadPosix::entry, this);
  }
  ~BadPosix() {
    if (running)
      pthread_join(id, nullptr);
  }

private:
  static void *entry(void *self) {
    static_cast<BadPosix *>(self)->run();
    return nullptr;
  }
  void run() {
    work();
    running = false;
  }
  std::atomic<bool> running{false};
  pthread_t id;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'id' may still be joinable when 'BadPosix' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodPosix {
public:
  void start() {
    created = pthread_create(&id, nullptr, &GoodPosix::entry, this) == 0;
  }
  ~GoodPosix() {
    if (created)
      pthread_join(id, nullptr);
  }

private:
  static void *entry(void *self) {
    static_cast<GoodPosix *>(self)->run();
    return nullptr;
  }
  void run() {
    work();
    running = false;
  }
  bool created = false;
  std::atomic<bool> running{false};
  pthread_t id;
};
