// Counters and flags of a class: counted up in one method, and down by what it
// hands on.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <vector>

void work(int);
bool open(int);
void post(std::function<void()>);

class Uploader {
public:
  bool bad_start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool Uploader::bad_start(int kind) {
  ++in_flight_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'in_flight_' is counted up here, and not on every way out is there somebody to take that back; whoever waits for it waits for ever [leak-counter-mismatch]
  if (!open(kind))
    return false;
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

class TakesBack {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool TakesBack::start(int kind) {
  ++in_flight_;
  if (!open(kind)) {
    --in_flight_;
    return false;
  }
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

class CountsBehind {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool CountsBehind::start(int kind) {
  if (!open(kind))
    return false;
  ++in_flight_;
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

// Who is told that it failed may call it.
class AnybodyFinishes {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool AnybodyFinishes::start(int kind) {
  ++in_flight_;
  if (!open(kind))
    return false;
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

// A figure that somebody looks at.
class NobodyWaits {
public:
  bool start(int kind);
private:
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool NobodyWaits::start(int kind) {
  ++in_flight_;
  if (!open(kind))
    return false;
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

void hidden(void *);

class HandsOnHidden {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool HandsOnHidden::start(int kind) {
  ++in_flight_;
  if (!open(kind)) {
    hidden(this);
    return false;
  }
  post([this, kind] {
    work(kind);
    finished();
  });
  return true;
}

//===----------------------------------------------------------------------===//
// Callbacks of C
//===----------------------------------------------------------------------===//

void later(void (*)(void *), void *);

class CallsBack {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  static void callback(void *self) {
    static_cast<CallsBack *>(self)->finished();
  }
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool CallsBack::start(int kind) {
  ++in_flight_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'in_flight_' is counted up here, and not on every way out is there somebody to take that back; whoever waits for it waits for ever [leak-counter-mismatch]
  if (!open(kind))
    return false;
  later(&CallsBack::callback, this);
  return true;
}

class CallsBackAtOnce {
public:
  bool start(int kind);
  void drain() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return in_flight_ == 0; });
  }

private:
  static void callback(void *self) {
    static_cast<CallsBackAtOnce *>(self)->finished();
  }
  void finished() {
    std::lock_guard<std::mutex> lock(mutex_);
    --in_flight_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int in_flight_ = 0;
};

bool CallsBackAtOnce::start(int kind) {
  ++in_flight_;
  if (!open(kind)) {
    finished();
    return false;
  }
  later(&CallsBackAtOnce::callback, this);
  return true;
}
