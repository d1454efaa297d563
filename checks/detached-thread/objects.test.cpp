// Detached threads that use the object that starts them.
//
// RUN: %check_leaks %s leak-detached-thread -- -std=c++17

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

void pause(int);

class BadFlag {
public:
  BadFlag() {
    std::thread([this] {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread uses 'running' of the 'BadFlag' that starts it, whose destructor doesn't wait for it; it may use the object when that is gone [leak-detached-thread]
      while (running)
        pause(1);
    }).detach();
  }
  ~BadFlag() { running = false; }

private:
  std::atomic<bool> running{true};
};

class BadMethod {
public:
  void start() {
    std::thread t(&BadMethod::run, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this detached thread uses 'buffer' of the 'BadMethod' that starts it, whose destructor doesn't wait for it; it may use the object when that is gone [leak-detached-thread]
    t.detach();
  }
  ~BadMethod() { delete buffer; }

private:
  void run() { *buffer = 1; }
  int *buffer = new int;
};

class BadBind {
public:
  void start() { std::thread(std::bind(&BadBind::run, this)).detach(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: this detached thread uses 'fd' of the 'BadBind' that starts it, whose destructor doesn't wait for it; it may use the object when that is gone [leak-detached-thread]
  ~BadBind() { close(); }

private:
  void close() { fd = -1; }
  void run() { step(); }
  void step() { pause(fd); }
  int fd = 0;
};

class BadMember {
public:
  BadMember() { thread = std::thread(&BadMember::run, this); }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this detached thread uses 'stop' of the 'BadMember' that starts it, whose destructor doesn't wait for it; it may use the object when that is gone [leak-detached-thread]
  ~BadMember() {
    stop = true;
    thread.detach();
  }

private:
  void run() {
    while (!stop)
      pause(1);
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

//===--- Silent: the object lives, or waits -------------------------------===//

class GoodShared : public std::enable_shared_from_this<GoodShared> {
public:
  void start() {
    std::thread([this, self = shared_from_this()] { run(); }).detach();
    auto other = shared_from_this();
    std::thread([this, other] { run(); }).detach();
    std::thread(&GoodShared::run, shared_from_this()).detach();
    std::weak_ptr<GoodShared> weak = other;
    std::thread([weak] {
      if (auto self = weak.lock())
        self->run();
    }).detach();
  }
  ~GoodShared() { n = 0; }

private:
  void run() { n = 1; }
  int n = 0;
};

class GoodWaits {
public:
  void start() {
    ++running;
    std::thread([this] {
      std::lock_guard<std::mutex> lock(m);
      --running;
      cv.notify_all();
    }).detach();
  }
  ~GoodWaits() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return running == 0; });
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int running = 0;
};

class GoodWaitsElsewhere {
public:
  void start() {
    std::thread([this] {
      std::lock_guard<std::mutex> lock(m);
      done = true;
      cv.notify_all();
    }).detach();
  }
  void finish() {
    std::unique_lock<std::mutex> lock(m);
    cv.wait(lock, [this] { return done; });
  }
  ~GoodWaitsElsewhere() { done = false; }

private:
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
};

class GoodUnknown {
public:
  void start() {
    std::thread([this] { n = 1; }).detach();
  }
  ~GoodUnknown();

private:
  int n = 0;
};

class GoodUnknownStop {
public:
  void start() {
    std::thread([this] { n = 1; }).detach();
  }
  ~GoodUnknownStop() {
    n = 0;
    halt();
  }

private:
  void halt();
  int n = 0;
};

class GoodSingleton {
public:
  static GoodSingleton &instance() {
    static GoodSingleton one;
    return one;
  }
  ~GoodSingleton() { stop = true; }

private:
  GoodSingleton() {
    std::thread([this] {
      while (!stop)
        pause(1);
    }).detach();
  }
  std::atomic<bool> stop{false};
};

class GoodOtherMembers {
public:
  void start() {
    int n = id;
    std::thread([n] { pause(n); }).detach();
  }
  ~GoodOtherMembers() { id = 0; }

private:
  int id = 1;
};

class GoodJoined {
public:
  GoodJoined() : thread([this] { stop = true; }) {}
  ~GoodJoined() { thread.join(); }

private:
  bool stop = false;
  std::thread thread;
};

class GoodEndsItself {
public:
  void start() {
    std::thread([this] {
      n = 1;
      delete this;
    }).detach();
  }

private:
  ~GoodEndsItself() { n = 0; }
  int n = 0;
};
