// Guards of one's own, by name and destructor.
//
// RUN: %check_leaks %s leak-discarded-handle -std=c++17

#include <mutex>
#include <utility>

void more();

class ScopedLock {
public:
  explicit ScopedLock(std::mutex &m) : m(m) { m.lock(); }
  ~ScopedLock() { m.unlock(); }

private:
  std::mutex &m;
};

template <typename F> class ScopeGuard {
public:
  explicit ScopeGuard(F f) : f(std::move(f)) {}
  ~ScopeGuard() { f(); }

private:
  F f;
};

class [[nodiscard]] Registration {
public:
  explicit Registration(int id) : id(id) {}
  Registration(Registration &&other) : id(std::exchange(other.id, 0)) {}
  ~Registration();

private:
  int id;
};

class NoGuard { // by its destructor
public:
  explicit NoGuard(int) {}
};

class Unlocker {
public:
  explicit Unlocker(int) {}
  ~Unlocker() {}
};

std::mutex m;
int shared;
Registration acquireRegistration();
Registration renew(Registration old);

struct Locked {
  std::mutex m;
  int value = 0;
  void temporary() {
    ScopedLock(this->m);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this 'ScopedLock' ends on the line on which it begins: it guards nothing that follows [leak-discarded-handle]
    // CHECK-FIXES: ScopedLock guard(this->m);
    ++value;
  }
};

void scope() {
  ScopeGuard{[] { more(); }};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'ScopeGuard' ends on the line on which it begins
  // CHECK-FIXES: ScopeGuard guard{[] { more(); }};
  ++shared;
}

void registered() {
  acquireRegistration();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'Registration' ends on the line on which it begins
  // CHECK-FIXES: auto guard = acquireRegistration();
  more();
}

void good() {
  ScopedLock lock(m);
  ScopeGuard guard{[] { more(); }};
  auto kept = acquireRegistration();
  (void)acquireRegistration();
  renew(std::move(kept));
  NoGuard(1);
  Unlocker(1);
  ScopedLock{m}, ++shared;
}

void unlockedAgain() { ScopedLock{m}; }
