// Events of libevent, in a class.
//
// REQUIRES: package-libevent-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <event2/event.h>
#include <event2/event_struct.h>

void cb(evutil_socket_t, short, void *);

class Bad {
public:
  explicit Bad(event_base *base) { event_assign(&tick, base, -1, EV_PERSIST, cb, this); }
  void start(const timeval &tv) { event_add(&tick, &tv); }
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'tick' is still armed when its owner is destroyed; it goes on firing
  ~Bad() { n = 0; }

private:
  event tick;
  int n = 0;
};

class Good {
public:
  explicit Good(event_base *base) { event_assign(&tick, base, -1, EV_PERSIST, cb, this); }
  void start(const timeval &tv) { event_add(&tick, &tv); }
  ~Good() { event_del(&tick); }

private:
  event tick;
};

class BadPointer {
public:
  explicit BadPointer(event_base *base) : tick(event_new(base, -1, EV_PERSIST, cb, this)) {}
  void start(const timeval &tv) { event_add(tick, &tv); }
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'tick' is still armed when its owner is destroyed; it goes on firing
  ~BadPointer() { n = 0; }

private:
  event *tick;
  int n = 0;
};

class GoodPointer {
public:
  explicit GoodPointer(event_base *base) : tick(event_new(base, -1, EV_PERSIST, cb, this)) {}
  void start(const timeval &tv) { event_add(tick, &tv); }
  ~GoodPointer() {
    if (tick)
      event_free(tick);
  }

private:
  event *tick;
};

// Somebody else's.
class GoodBorrowed {
public:
  explicit GoodBorrowed(event *tick) : tick(tick) {}
  void start(const timeval &tv) { event_add(tick, &tv); }
  ~GoodBorrowed() { n = 0; }

private:
  event *tick;
  int n = 0;
};

class GoodOwnBase {
public:
  GoodOwnBase() : base(event_base_new()), tick(event_new(base, -1, EV_PERSIST, cb, this)) {}
  void start(const timeval &tv) { event_add(tick, &tv); }
  ~GoodOwnBase() { event_base_free(base); }

private:
  event_base *base;
  event *tick;
};
