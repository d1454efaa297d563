// Locks of the project's own: classes with lock() and unlock(), pairs of
// functions, guards.
//
// RUN: %check_leaks %s leak-unreleased-permit -- -std=c++17

#include <mutex>
#include <pthread.h>

int next();

class Mutex {
public:
  void Lock();
  void Unlock();
};

class MutexLock {
public:
  explicit MutexLock(Mutex *mu) : mu_(mu) { mu_->Lock(); }
  ~MutexLock() { mu_->Unlock(); }

private:
  Mutex *mu_;
};

/// Releases for the time of its life.
class MutexUnlock {
public:
  explicit MutexUnlock(Mutex *mu) : mu_(mu) { mu_->Unlock(); }
  ~MutexUnlock() { mu_->Lock(); }

private:
  Mutex *mu_;
};

class Table {
public:
  bool bad_early(int key) {
    mu_.Lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mu_' is not released on every path
    if (key < 0)
      return false;
    mu_.Unlock();
    return true;
  }

  bool good_guard(int key) {
    MutexLock lock(&mu_);
    if (key < 0)
      return false;
    return true;
  }

  bool good_reversed(int key) {
    mu_.Lock();
    if (key < 0) {
      MutexUnlock window(&mu_);
      next();
    }
    mu_.Unlock();
    return true;
  }

private:
  Mutex mu_;
};

/// The class is a lock itself.
class Registry {
public:
  void lock() { mutex_.lock(); }
  void unlock() { mutex_.unlock(); }

  int bad_own(int key) {
    lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock of '*this' is not released on every path
    if (key < 0)
      return -1;
    unlock();
    return 0;
  }

private:
  std::mutex mutex_;
};

struct device;
void device_lock(struct device *);
void device_unlock(struct device *);
void device_clock(struct device *);

int bad_functions(struct device *d, int x) {
  device_lock(d);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'd' is not released on every path
  if (x)
    return -1;
  device_unlock(d);
  return 0;
}

int good_functions(struct device *d, int x) {
  device_lock(d);
  if (x) {
    device_unlock(d);
    return -1;
  }
  device_unlock(d);
  return 0;
}

int good_not_a_lock(struct device *d, int x) {
  device_clock(d);
  if (x)
    return -1;
  device_unlock(d);
  return 0;
}

/// lock() of std::weak_ptr and std::unique_lock is something else.
class Cache {
public:
  int good_unique(int x) {
    std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
    lock.lock();
    if (x)
      return -1;
    lock.unlock();
    return 0;
  }

private:
  std::mutex mutex_;
};

class __attribute__((capability("mutex"))) Annotated {
public:
  void Acquire() __attribute__((acquire_capability()));
  void Release() __attribute__((release_capability()));
};

class Account {
public:
  void good_takes(int x) __attribute__((acquire_capability(mutex_))) {
    mutex_.lock();
    if (x)
      mutex_.unlock();
  }

private:
  Mutex other_;
  std::mutex mutex_;
};

//===--- try in the name, and more arguments ------------------------------===//

struct cohort;
void cohort_lock(cohort *c, void *global, void *local);
bool cohort_trylock(cohort *c, void *global, void *local, void *context);
void cohort_unlock(cohort *c, void *global, void *local);

void good_either(cohort *c, int n) {
  while (n--) {
    if (n & 1)
      cohort_lock(c, nullptr, nullptr);
    else
      while (cohort_trylock(c, nullptr, nullptr, nullptr) == false)
        ;
    cohort_unlock(c, nullptr, nullptr);
  }
}

int bad_tried(cohort *c, int x) {
  if (!cohort_trylock(c, nullptr, nullptr, nullptr))
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'c' is not released on every path
    return 0;
  if (x)
    return -1;
  cohort_unlock(c, nullptr, nullptr);
  return 1;
}

// A thing that can be locked is given to functions that only look at it.
struct session;
void session_lock(session *s);
void session_unlock(session *s);
const char *name_of(const session *s);
int finish(session *s);

int bad_thing(session *s) {
  session_lock(s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 's' is not released on every path
  if (!name_of(s))
    return -1;
  session_unlock(s);
  return 0;
}

int good_thing(session *s) {
  session_lock(s);
  if (!name_of(s))
    return finish(s);
  session_unlock(s);
  return 0;
}

int start(session *s);

int good_stranger(session *s) {
  session_lock(s);
  if (start(s) < 0)
    return -1;
  session_unlock(s);
  return 0;
}

// What is made of a pointer need not be a guard.
class Parent {};

class Server {
public:
  explicit Server(Parent *p);
  void lockTables();
  void unlockTables();

  int bad_login(int user) {
    lockTables();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock of '*this' is not released on every path
    if (user < 0)
      return -1;
    unlockTables();
    return 0;
  }
};

class Lockable {
public:
  void lock();
  void unlock();
};

class Holder {
public:
  explicit Holder(Lockable *l);
  ~Holder();
  void lock();
  void unlock();
};

int good_holder(Lockable *l, int x) {
  Holder h(l);
  h.lock();
  if (x)
    return -1;
  h.unlock();
  return 0;
}
