// What a registration returns has to be given back.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <functional>
#include <memory>

using TimerId = unsigned;

// A scheduler of the project's own.
class Loop {
public:
  TimerId runEvery(double seconds, std::function<void()> callback);
  void cancelTimer(TimerId id);
  void cancelAll(const void *owner);
};

class Bad {
public:
  explicit Bad(Loop &loop) : loop(loop) {}
  ~Bad() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'sweep' is never taken back; the timer goes on calling an object that is destroyed [leak-uncancelled-timer]
  }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

class Good {
public:
  explicit Good(Loop &loop) : loop(loop) {}
  ~Good() {
    loop.cancelTimer(ping);
    loop.cancelTimer(sweep);
  }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
  }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

class BadStop {
public:
  explicit BadStop(Loop &loop) : loop(loop) {}
  ~BadStop() { stop(); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'sweep' is never taken back
  }
  void stop() {
    if (ping != 0)
      loop.cancelTimer(ping);
  }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

// In another method: whoever owns it may call that.
class GoodElsewhere {
public:
  explicit GoodElsewhere(Loop &loop) : loop(loop) {}
  ~GoodElsewhere() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
  }
  void endSweep() { loop.cancelTimer(sweep); }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

// Nobody shows how to take it back.
class OtherLoop {
public:
  TimerId runEvery(double seconds, std::function<void()> callback);
};

class GoodAlone {
public:
  explicit GoodAlone(OtherLoop &loop) : loop(loop) {}
  ~GoodAlone() { pings = 0; }
  void start() { ping = loop.runEvery(1, [this] { ++pings; }); }

private:
  OtherLoop &loop;
  TimerId ping = 0;
  int pings = 0;
};

class GoodAll {
public:
  explicit GoodAll(Loop &loop) : loop(loop) {}
  ~GoodAll() {
    loop.cancelTimer(ping);
    loop.cancelAll(this);
  }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
  }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

// It keeps itself alive.
class GoodShared : public std::enable_shared_from_this<GoodShared> {
public:
  explicit GoodShared(Loop &loop) : loop(loop) {}
  ~GoodShared() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    auto self = shared_from_this();
    sweep = loop.runEvery(5, [this, self] { pings = 0; });
  }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

class GoodShown {
public:
  explicit GoodShown(Loop &loop) : loop(loop) {}
  ~GoodShown() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
  }
  TimerId sweeper() const { return sweep; }

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};

class GoodUnseen {
public:
  explicit GoodUnseen(Loop &loop) : loop(loop) {}
  ~GoodUnseen() { loop.cancelTimer(ping); }
  void start() {
    ping = loop.runEvery(1, [this] { ++pings; });
    sweep = loop.runEvery(5, [this] { pings = 0; });
  }
  void other();

private:
  Loop &loop;
  TimerId ping = 0, sweep = 0;
  int pings = 0;
};
