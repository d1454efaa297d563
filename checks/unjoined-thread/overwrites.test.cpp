// A member or global handle that gets a new thread while it owns another.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <cassert>
#include <memory>
#include <pthread.h>
#include <thread>
#include <utility>

void work();
void log(const char *);

//===--- Move assignments -------------------------------------------------===//

class BadMoveAssignment {
public:
  explicit BadMoveAssignment(bool go) {
    if (go)
      worker = std::thread(work);
  }
  BadMoveAssignment &operator=(BadMoveAssignment &&other) {
    worker = std::move(other.worker);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' may still be joinable when it is assigned to; std::terminate is called [leak-unjoined-thread]
    return *this;
  }
  ~BadMoveAssignment() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class BadMoveAssignmentOfOthersOnly {
public:
  explicit BadMoveAssignmentOfOthersOnly(int n) : size(n), worker(work) {}
  BadMoveAssignmentOfOthersOnly(BadMoveAssignmentOfOthersOnly &&other)
      : worker(std::move(other.worker)) {}
  BadMoveAssignmentOfOthersOnly &
  operator=(BadMoveAssignmentOfOthersOnly &&other) noexcept {
    if (this != &other) {
      size = std::exchange(other.size, 0);
      worker = std::move(other.worker);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'worker' may still be joinable when it is assigned to; std::terminate is called [leak-unjoined-thread]
    }
    return *this;
  }
  ~BadMoveAssignmentOfOthersOnly() { stop(); }

private:
  void stop() {
    if (worker.joinable())
      worker.join();
  }
  int size = 0;
  std::thread worker;
};

class BadMoveAssignmentOfOwner {
public:
  void start() { worker = std::make_unique<std::thread>(work); }
  BadMoveAssignmentOfOwner &operator=(BadMoveAssignmentOfOwner &&other) {
    worker = std::move(other.worker);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' may still be joinable when it is assigned to; std::terminate is called [leak-unjoined-thread]
    return *this;
  }
  ~BadMoveAssignmentOfOwner() {
    if (worker)
      worker->join();
  }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodJoinsBefore {
public:
  void start() { worker = std::thread(work); }
  GoodJoinsBefore &operator=(GoodJoinsBefore &&other) {
    if (worker.joinable())
      worker.join();
    worker = std::move(other.worker);
    return *this;
  }
  ~GoodJoinsBefore() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class GoodStopsBefore {
public:
  void start() {
    stop();
    worker = std::thread(work);
  }
  GoodStopsBefore &operator=(GoodStopsBefore &&other) {
    if (this != &other) {
      stop();
      worker = std::move(other.worker);
    }
    return *this;
  }
  ~GoodStopsBefore() { stop(); }

private:
  void stop() {
    if (worker.joinable())
      worker.join();
  }
  std::thread worker;
};

class GoodSwaps {
public:
  void start() {
    if (!worker.joinable())
      worker = std::thread(work);
  }
  GoodSwaps &operator=(GoodSwaps &&other) {
    std::swap(worker, other.worker);
    return *this;
  }
  ~GoodSwaps() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

// The assertion says that there is nothing to be released.
class GoodAsserts {
public:
  void start() {
    assert(!worker.joinable());
    worker = std::thread(work);
  }
  GoodAsserts &operator=(GoodAsserts &&other) {
    assert(!worker.joinable());
    worker = std::move(other.worker);
    return *this;
  }
  ~GoodAsserts() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

// A flag says the same.
class GoodFlag {
public:
  GoodFlag &operator=(GoodFlag &&other) {
    if (running)
      return *this;
    worker = std::move(other.worker);
    running = std::exchange(other.running, false);
    return *this;
  }
  void start() {
    if (running)
      return;
    running = true;
    worker = std::thread(work);
  }
  ~GoodFlag() {
    if (running)
      worker.join();
  }

private:
  bool running = false;
  std::thread worker;
};

// Nothing starts it in this class: a mere holder of others' handles, which asks
// for nothing that the handle itself doesn't.
class GoodHandle {
public:
  GoodHandle() = default;
  explicit GoodHandle(std::thread t) : worker(std::move(t)) {}
  GoodHandle(GoodHandle &&) = default;
  GoodHandle &operator=(GoodHandle &&) = default;
  void join() { worker.join(); }

private:
  std::thread worker;
};

// A shared handle that others have as well.
class GoodShared {
public:
  void start() { worker = std::make_shared<std::thread>(work); }
  GoodShared &operator=(GoodShared &&other) {
    worker = std::move(other.worker);
    return *this;
  }
  ~GoodShared() {
    if (worker && worker->joinable())
      worker->join();
  }

private:
  std::shared_ptr<std::thread> worker;
};

// Who knows what the function does with the object.
void settle(class GoodElsewhere &);
class GoodElsewhere {
public:
  void start() { worker = std::thread(work); }
  GoodElsewhere &operator=(GoodElsewhere &&other) {
    settle(*this);
    worker = std::move(other.worker);
    return *this;
  }
  std::thread &handle() { return worker; }
  ~GoodElsewhere() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

//===--- Started again ----------------------------------------------------===//

class BadRestart {
public:
  BadRestart() : worker(&BadRestart::run, this) {}
  ~BadRestart() { worker.join(); }
  void restart() {
    log("again");
    worker = std::thread(&BadRestart::run, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is still joinable when it is assigned to; std::terminate is called [leak-unjoined-thread]
  }

private:
  void run() { settle(*this); }
  static void settle(BadRestart &);
  std::thread worker;
};

class BadRestartInitialised {
public:
  ~BadRestartInitialised() {
    if (worker.joinable())
      worker.join();
  }
  void again() { worker = std::thread(work); }
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'worker' is still joinable when it is assigned to; std::terminate is called [leak-unjoined-thread]

private:
  std::thread worker{work};
};

class GoodRestart {
public:
  GoodRestart() : worker(work) {}
  ~GoodRestart() { worker.join(); }
  void restart() {
    worker.join();
    worker = std::thread(work);
  }

private:
  std::thread worker;
};

class GoodRestartAfterStop {
public:
  GoodRestartAfterStop() : worker(work) {}
  ~GoodRestartAfterStop() { stop(); }
  void stop() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); } // After stop().

private:
  std::thread worker;
};

class GoodStartedByConstructor {
public:
  GoodStartedByConstructor() { start(); }
  ~GoodStartedByConstructor() { worker.join(); }

private:
  void start() { worker = std::thread(work); }
  std::thread worker;
};

class GoodStartedOnce { // Not by the constructor: once is all right.
public:
  GoodStartedOnce() = default;
  ~GoodStartedOnce() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); }

private:
  std::thread worker;
};

class GoodMovedFrom {
public:
  GoodMovedFrom() : worker(work) {}
  GoodMovedFrom(GoodMovedFrom &&other) : worker(std::move(other.worker)) {}
  ~GoodMovedFrom() {
    if (worker.joinable())
      worker.join();
  }
  void revive() { worker = std::thread(work); } // Once it was moved from.

private:
  std::thread worker;
};

class StartedTwice {
public:
  ~StartedTwice() {
    if (worker.joinable())
      worker.join();
  }
  void start() { worker = std::thread(work); }
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'o.worker' is still joinable when it is assigned to on this path; std::terminate is called [leak-unjoined-thread]

private:
  std::thread worker;
};

void bad_started_twice() {
  StartedTwice o;
  o.start();
  o.start();
}

void good_started_once() {
  GoodStartedOnce o;
  o.start();
}

//===--- Cancelled, and started again -------------------------------------===//

void *loop(void *);

namespace {
pthread_t runner, other, watched, joined, detached, given;
} // namespace
pthread_t seen; // By other files, too.

void stop_runner() { pthread_join(runner, nullptr); }
void bad_cancelled(bool stalled) {
  if (stalled) {
    log("stalled");
    pthread_cancel(runner);
    if (pthread_create(&runner, nullptr, loop, nullptr) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'runner' is cancelled, but not joined, when another thread is started in it; its stack and id are never freed [leak-unjoined-thread]
      stop_runner();
  }
}

void bad_cancelled_seen() {
  pthread_cancel(seen);
  log("restart");
  pthread_create(&seen, nullptr, loop, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'seen' is cancelled, but not joined, when another thread is started in it; its stack and id are never freed [leak-unjoined-thread]
}

void good_joined_between() {
  pthread_cancel(joined);
  pthread_join(joined, nullptr);
  pthread_create(&joined, nullptr, loop, nullptr);
}

void join_watched() { pthread_join(watched, nullptr); }
void good_joined_by_helper() {
  pthread_cancel(watched);
  join_watched();
  pthread_create(&watched, nullptr, loop, nullptr);
}

void good_another() {
  pthread_cancel(other);
  pthread_create(&given, nullptr, loop, nullptr);
}

void good_in_a_branch(bool first) {
  if (!first)
    pthread_cancel(other);
  pthread_create(&other, nullptr, loop, nullptr);
}

void *detaches_itself(void *) {
  pthread_detach(pthread_self());
  return nullptr;
}
void good_detached() {
  pthread_cancel(detached);
  pthread_create(&detached, nullptr, detaches_itself, nullptr);
}

class BadCancelledMember {
public:
  void start() { pthread_create(&id, nullptr, loop, this); }
  void restart() {
    pthread_cancel(id);
    pthread_create(&id, nullptr, loop, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'id' is cancelled, but not joined, when another thread is started in it; its stack and id are never freed [leak-unjoined-thread]
  }
  void stop() { pthread_join(id, nullptr); }

private:
  pthread_t id;
};
