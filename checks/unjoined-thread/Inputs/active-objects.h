// Classes whose constructor starts a thread on the object itself, in a header.
#ifndef ACTIVE_OBJECTS_H
#define ACTIVE_OBJECTS_H

#include <atomic>
#include <cassert>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

void step();

class BadNoDestructor {
public:
  BadNoDestructor() : worker(&BadNoDestructor::run, this) {}
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

class GoodDestructor {
public:
  GoodDestructor() : worker(&GoodDestructor::run, this) {}
  ~GoodDestructor() { join(); }
  void join() {
    if (worker.joinable())
      worker.join();
  }

private:
  void run() { step(); }
  std::thread worker;
};

class BadEmptyDestructor {
public:
  BadEmptyDestructor() { worker = std::thread([this] { run(); }); }
  ~BadEmptyDestructor() {}
  void stop() {
    stopping = true;
    worker.join();
  }

private:
  void run() {
    while (!stopping)
      step();
  }
  std::atomic<bool> stopping{false};
  std::thread worker;
};

class BadDefaultedDestructor {
public:
  BadDefaultedDestructor() { init(); }
  ~BadDefaultedDestructor() = default;
  void stop() { worker.join(); }

private:
  void init() { worker = std::thread(&BadDefaultedDestructor::run, this); }
  void run() { step(); }
  std::thread worker;
};

class BadMany {
public:
  explicit BadMany(int n) {
    for (int i = 0; i < n; ++i)
      pool.emplace_back([this] { run(); });
  }
  void stop() {
    for (std::thread &t : pool)
      t.join();
  }

private:
  void run() { step(); }
  std::vector<std::thread> pool;
};

class GoodMany {
public:
  explicit GoodMany(int n) {
    for (int i = 0; i < n; ++i)
      pool.emplace_back([this] { run(); });
  }
  ~GoodMany() { stop(); }
  void stop() {
    for (std::thread &t : pool)
      t.join();
  }

private:
  void run() { step(); }
  std::vector<std::thread> pool;
};

class BadProtected {
public:
  BadProtected() : worker(&BadProtected::run, this) {}
  ~BadProtected() {}

protected:
  void run() { step(); }
  std::thread worker;
};

// A handle with another name: it can be moved, and what it runs is not its own.
class GoodThinWrapper {
public:
  GoodThinWrapper() = default;
  template <class F> explicit GoodThinWrapper(F f) : worker(std::move(f)) {}
  GoodThinWrapper(GoodThinWrapper &&) = default;
  GoodThinWrapper &operator=(GoodThinWrapper &&) = default;
  void join() { worker.join(); }

private:
  std::thread worker;
};

class GoodGivenFunction {
public:
  explicit GoodGivenFunction(std::function<void()> f) : worker(std::move(f)) {}
  void join() { worker.join(); }

private:
  std::thread worker;
};

// Who knows the base only calls its shutdown().
class Plugin {
public:
  virtual ~Plugin() = default;
  virtual void shutdown() = 0;
};

class GoodVirtualShutdown : public Plugin {
public:
  GoodVirtualShutdown() : worker(&GoodVirtualShutdown::run, this) {}
  void shutdown() override { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

// The author says that somebody has joined before.
class GoodAsserts {
public:
  GoodAsserts() : worker(&GoodAsserts::run, this) {}
  ~GoodAsserts() { assert(!worker.joinable()); }
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

class GoodStartMethod {
public:
  void start() { worker = std::thread(&GoodStartMethod::run, this); }
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

class GoodJoinElsewhere {
public:
  GoodJoinElsewhere() : worker(&GoodJoinElsewhere::run, this) {}
  void join();

private:
  void run() { step(); }
  std::thread worker;
};

class GoodDetaches {
public:
  GoodDetaches() : worker(&GoodDetaches::run, this) { worker.detach(); }
  void join() {
    if (worker.joinable())
      worker.join();
  }

private:
  void run() { step(); }
  std::thread worker;
};

class GoodGivesHandle {
public:
  GoodGivesHandle() : worker(&GoodGivesHandle::run, this) {}
  void join() { worker.join(); }
  std::thread &handle() { return worker; }

private:
  void run() { step(); }
  std::thread worker;
};

// Derived classes may join what isn't private.
class GoodProtectedNoDestructor {
protected:
  GoodProtectedNoDestructor() : worker(&GoodProtectedNoDestructor::run, this) {}
  void run() { step(); }
  std::thread worker;
};

class GoodFriend {
  friend class Somebody;

public:
  GoodFriend() : worker(&GoodFriend::run, this) {}
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

class GoodJthread {
public:
  GoodJthread() : worker(&GoodJthread::run, this) {}
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::jthread worker;
};

#endif
