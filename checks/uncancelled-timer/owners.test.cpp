// Registrations that only one place could take back.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <functional>
#include <memory>

using TimerId = unsigned;
struct Cookie {
  void *what = nullptr;
};

// A scheduler of the project's own.
class Loop {
public:
  TimerId runEvery(double seconds, std::function<void()> callback);
  TimerId runAfter(double seconds, std::function<void()> callback);
  void cancelTimer(TimerId id);
  void addTimeout(std::function<void()> callback, double seconds, Cookie *cookie);
  Cookie scheduleCall(std::function<void()> callback);
  void removeTimeout(const Cookie &cookie);
  void forgetAll(const void *owner);
};
Loop &mainLoop();

// What it returns is kept, and nobody looks at it.
class Bad {
public:
  explicit Bad(Loop &loop) : loop(loop) {}
  ~Bad() { pings = 0; }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'ping' is never taken back; the timer goes on calling an object that is destroyed [leak-uncancelled-timer]
  }

private:
  Loop &loop;
  TimerId ping = 0;
  int pings = 0;
};

class BadBound {
public:
  explicit BadBound(Loop *loop) : ping(loop->runEvery(1, std::bind(&BadBound::tick, this))) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'ping' is never taken back
  ~BadBound() { pings = 0; }

private:
  void tick() { ++pings; }
  TimerId ping;
  int pings = 0;
};

template <typename T> class BadTemplate {
public:
  explicit BadTemplate(Loop *loop) : loop(loop) {
    ping = loop->runEvery(1, [this] { ++pings; });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'ping' is never taken back
  }
  ~BadTemplate() { pings = T(); }
  T unused() { return pings; }

private:
  Loop *loop;
  TimerId ping = 0;
  T pings{};
};
template class BadTemplate<int>;

template <typename T> class GoodTemplate {
public:
  explicit GoodTemplate(Loop *loop) : loop(loop) {
    ping = loop->runEvery(1, [this] { ++pings; });
  }
  ~GoodTemplate() { pings = T(); }
  void unused() { loop->cancelTimer(ping); }

private:
  Loop *loop;
  TimerId ping = 0;
  T pings{};
};
void useTemplate(Loop *loop) { GoodTemplate<int> good(loop); }

class Good {
public:
  explicit Good(Loop &loop) : loop(loop) {}
  ~Good() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
  }

private:
  Loop &loop;
  TimerId ping = 0;
  int pings = 0;
};

class GoodDropped;

class BadDropped {
public:
  explicit BadDropped(Loop &loop) {
    loop.runEvery(1, [this] { ++pings; });
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: what 'runEvery' returns is dropped; the timer goes on calling an object that is destroyed [leak-uncancelled-timer]
  }
  ~BadDropped() { pings = 0; }

private:
  int pings = 0;
};

// It is called once, and may be so in time.
class GoodOnce {
public:
  explicit GoodOnce(Loop &loop) {
    loop.runAfter(1, [this] { ++pings; });
  }
  ~GoodOnce() { pings = 0; }

private:
  int pings = 0;
};

// The loop is its own, and ends with it.
class GoodOwnLoop {
public:
  GoodOwnLoop() {
    loop.runEvery(1, [this] { ++pings; });
  }
  ~GoodOwnLoop() { pings = 0; }

private:
  int pings = 0;
  Loop loop;
};

class GoodNewLoop {
public:
  GoodNewLoop() : loop(new Loop) {
    loop->runEvery(1, [this] { ++pings; });
  }
  ~GoodNewLoop() { delete loop; }

private:
  int pings = 0;
  Loop *loop;
};

class GoodOwnedLoop {
public:
  GoodOwnedLoop() : loop(std::make_shared<Loop>()) {
    ping = loop->runEvery(1, [this] { ++pings; });
  }
  ~GoodOwnedLoop() { pings = 0; }

private:
  int pings = 0;
  TimerId ping;
  std::shared_ptr<Loop> loop;
};

// There is one, and it lives as long as the process.
class GoodSingleton {
public:
  static GoodSingleton &instance();
  ~GoodSingleton() { pings = 0; }
  void start() {
    mainLoop().runEvery(1, [this] { ++pings; });
  }

private:
  int pings = 0;
};

class GoodWeak : public std::enable_shared_from_this<GoodWeak> {
public:
  ~GoodWeak() { pings = 0; }
  void start() {
    std::weak_ptr<GoodWeak> weak = shared_from_this();
    mainLoop().runEvery(1, [this, weak] {
      if (auto self = weak.lock())
        ++pings;
    });
    mainLoop().runEvery(1, std::bind(&GoodWeak::tick, shared_from_this()));
  }

private:
  void tick() { ++pings; }
  int pings = 0;
};

// It knows how to, but doesn't when it ends.
class BadElsewhere {
public:
  explicit BadElsewhere(Loop &loop) : loop(loop) {}
  ~BadElsewhere() { calls = 0; }
  void begin() {
    loop.addTimeout([this] { ++calls; }, 5, &cookie);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'cookie' is not taken back when its owner is destroyed; the timer may call it afterwards [leak-uncancelled-timer]
  }
  void answered() { stopTimer(); }

private:
  void stopTimer() { loop.removeTimeout(cookie); }
  Loop &loop;
  Cookie cookie;
  int calls = 0;
};

class BadObject {
public:
  explicit BadObject(Loop &loop) : loop(loop) {}
  ~BadObject() { calls = 0; }
  void begin() {
    cookie = loop.scheduleCall([this] { ++calls; });
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'cookie' is not taken back when its owner is destroyed
  }
  void answered() { loop.removeTimeout(cookie); }

private:
  Loop &loop;
  Cookie cookie;
  int calls = 0;
};

class GoodHelper {
public:
  explicit GoodHelper(Loop &loop) : loop(loop) {}
  ~GoodHelper() { stopTimer(); }
  void begin() { loop.addTimeout([this] { ++calls; }, 5, &cookie); }
  void answered() { stopTimer(); }

private:
  void stopTimer() { loop.removeTimeout(cookie); }
  Loop &loop;
  Cookie cookie;
  int calls = 0;
};

// Who holds it has to close it first.
class GoodClose {
public:
  explicit GoodClose(Loop &loop) : loop(loop) {}
  ~GoodClose() { calls = 0; }
  void begin() { loop.addTimeout([this] { ++calls; }, 5, &cookie); }
  void close() { loop.removeTimeout(cookie); }

private:
  Loop &loop;
  Cookie cookie;
  int calls = 0;
};

class GoodAllAtOnce {
public:
  explicit GoodAllAtOnce(Loop &loop) : loop(loop) {}
  ~GoodAllAtOnce() { loop.forgetAll(this); }
  void begin() { loop.addTimeout([this] { ++calls; }, 5, &cookie); }
  void answered() { loop.removeTimeout(cookie); }

private:
  Loop &loop;
  Cookie cookie;
  int calls = 0;
};

// Perhaps that is what ends it.
class GoodUnknownEnd {
public:
  explicit GoodUnknownEnd(Loop &loop) : loop(loop) {}
  ~GoodUnknownEnd();
  void begin() { ping = loop.runEvery(1, [this] { ++calls; }); }

private:
  Loop &loop;
  TimerId ping = 0;
  int calls = 0;
};
void shutDownLoops();
GoodUnknownEnd::~GoodUnknownEnd() { shutDownLoops(); }
