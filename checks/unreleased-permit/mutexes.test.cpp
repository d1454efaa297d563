// Mutexes that are locked and unlocked by hand.
//
// RUN: %check_leaks %s leak-unreleased-permit -- -std=c++17

#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

std::mutex m;
std::recursive_mutex nested;
std::shared_mutex shared;
int next();
bool ready();
void log(const std::string &);

//===--- Early exits ------------------------------------------------------===//

int bad_early_return(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function returns, and whoever waits for it waits for ever [leak-unreleased-permit]
  if (x < 0)
    return -1;
  m.unlock();
  return 0;
}

int good_early_return(int x) {
  m.lock();
  if (x < 0) {
    m.unlock();
    return -1;
  }
  m.unlock();
  return 0;
}

int good_guard(int x) {
  std::lock_guard<std::mutex> lock(m);
  if (x < 0)
    return -1;
  return 0;
}

int good_adopted(int x) {
  m.lock();
  std::lock_guard<std::mutex> lock(m, std::adopt_lock);
  if (x < 0)
    return -1;
  return 0;
}

void good_unique() {
  std::unique_lock<std::mutex> lock(m);
  lock.unlock();
  next();
  lock.lock();
}

void bad_continue(const std::vector<int> &values) {
  for (int v : values) {
    m.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'm' is not released on every path; it is still held when the loop comes back here, and waits for itself
    if (v == 0)
      continue;
    m.unlock();
  }
}

void good_continue(const std::vector<int> &values) {
  for (int v : values) {
    m.lock();
    if (v == 0) {
      m.unlock();
      continue;
    }
    m.unlock();
  }
}

void bad_break(const std::vector<int> &values) {
  for (int v : values) {
    m.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'm' is not released on every path
    if (v == 0)
      break;
    m.unlock();
  }
}

void good_break(const std::vector<int> &values) {
  m.lock();
  for (int v : values) {
    m.unlock();
    next();
    m.lock();
    if (v == 0)
      break;
  }
  m.unlock();
}

int bad_switch(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path
  switch (x) {
  case 0:
    m.unlock();
    return 1;
  case 1:
    return 1;
  default:
    break;
  }
  m.unlock();
  return 1;
}

int bad_shared(int x) {
  shared.lock_shared();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'shared' is not released on every path
  if (x)
    return -1;
  shared.unlock_shared();
  return 0;
}

//===--- Conditions that hang together ------------------------------------===//

void good_same_condition(bool lock) {
  if (lock)
    m.lock();
  next();
  if (lock)
    m.unlock();
}

void bad_other_condition(bool lock, bool quick) {
  if (lock)
    m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'm' is not released on every path
  next();
  if (lock && quick)
    m.unlock();
}

void good_flag() {
  bool locked = false;
  if (ready()) {
    m.lock();
    locked = true;
  }
  next();
  if (locked)
    m.unlock();
}

int good_error_code() {
  int error = 0;
  m.lock();
  if (next())
    error = 5;
  if (error) {
    m.unlock();
    return error;
  }
  m.unlock();
  return 0;
}

struct Settings {
  bool threads;
  bool isThreaded() const;
};

void good_condition_of_object(const Settings &settings) {
  if (settings.threads)
    m.lock();
  next();
  if (settings.threads)
    m.unlock();
}

void good_condition_by_method(const Settings &settings) {
  if (settings.isThreaded())
    m.lock();
  next();
  if (settings.isThreaded())
    m.unlock();
}

void good_negated(const Settings *settings) {
  if (settings != nullptr)
    m.lock();
  next();
  if (settings == nullptr)
    return;
  m.unlock();
}

bool good_try(int x) {
  if (!m.try_lock())
    return false;
  next();
  m.unlock();
  return true;
}

bool good_try_in_variable() {
  bool got = m.try_lock();
  if (!got)
    return false;
  next();
  m.unlock();
  return true;
}

bool bad_try(int x) {
  if (!m.try_lock())
    return false;
  // CHECK-MESSAGES: :[[@LINE-2]]:8: warning: 'm' is not released on every path
  if (x)
    return false;
  m.unlock();
  return true;
}

//===--- Left to the caller -----------------------------------------------===//

void good_every_path() { m.lock(); }

bool good_success_keeps_it(int x) {
  m.lock();
  if (x == 3)
    return true;
  m.unlock();
  return false;
}

int *good_object_keeps_it(std::vector<int> &values, unsigned at) {
  m.lock();
  if (at >= values.size()) {
    m.unlock();
    return nullptr;
  }
  return &values[at];
}

int *bad_failure_keeps_it(std::vector<int> &values, unsigned at) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path
  if (at >= values.size())
    return nullptr;
  m.unlock();
  return &values[at];
}

void good_lock_all(int x) {
  m.lock();
  if (x) {
    m.unlock();
    return;
  }
}

/// Entered with the mutex held.
void good_window() {
  m.unlock();
  next();
  m.lock();
}

void good_window_in_loop() {
  while (ready()) {
    m.unlock();
    next();
    m.lock();
  }
}

//===--- Exceptions -------------------------------------------------------===//

void check(int x) {
  if (x < 0)
    throw std::runtime_error("negative");
}

void bad_throw(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function is left by an exception
  if (x < 0)
    throw std::runtime_error("negative");
  m.unlock();
}

void bad_call_that_throws(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function is left by an exception
  check(x);
  m.unlock();
}

void good_call_before(int x) {
  check(x);
  m.lock();
  m.unlock();
}

void bad_handler(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function returns
  try {
    check(x);
  } catch (const std::exception &e) {
    log(e.what());
    return;
  }
  m.unlock();
}

void good_handler(int x) {
  m.lock();
  try {
    check(x);
  } catch (...) {
    m.unlock();
    throw;
  }
  m.unlock();
}

//===--- Twice ------------------------------------------------------------===//

void bad_released_twice(int x) {
  m.lock();
  if (x)
    m.unlock();
  // CHECK-MESSAGES: :[[@LINE+1]]:3: warning: 'm' is released twice on this path; the behavior is undefined
  m.unlock();
}

void bad_label(int x) {
  m.lock();
  if (x)
    goto out;
  m.unlock();
  if (next())
    goto out;
  return;
out:
  m.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is released twice on this path
}

void bad_again(int x) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is still held when it is acquired again; the thread waits for itself
  if (x)
    m.lock();
  m.unlock();
}

void good_again(int x) {
  nested.lock();
  if (x) {
    nested.lock();
    nested.unlock();
  }
  nested.unlock();
}

//===--- Helpers ----------------------------------------------------------===//

class Queue {
public:
  int good_helper(int x) {
    mutex_.lock();
    if (x)
      return finish(x);
    mutex_.unlock();
    return 0;
  }

  int bad_helper(int x) {
    mutex_.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'mutex_' is not released on every path
    if (x)
      return pause(x);
    mutex_.unlock();
    return 0;
  }

  void good_lambda(int x) {
    mutex_.lock();
    auto release = [this] { mutex_.unlock(); };
    if (x)
      return release();
    release();
  }

  void good_other_object(Queue &other, int x) {
    Queue *first = this < &other ? this : &other;
    first->mutex_.lock();
    if (x) {
      mutex_.unlock();
      return;
    }
    first->mutex_.unlock();
  }

  void bad_each(std::vector<Queue *> &all) {
    for (Queue *q : all) {
      q->mutex_.lock();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'q->mutex_' is not released on every path; it is still held when the loop goes on to the next one
      if (q->size_ == 0)
        continue;
      q->mutex_.unlock();
    }
  }

  void good_each(std::vector<Queue *> &all) {
    for (Queue *q : all) {
      q->mutex_.lock();
      if (q->size_)
        q->size_ = 0;
      q->mutex_.unlock();
    }
  }

private:
  int finish(int x) {
    size_ = x;
    mutex_.unlock();
    return size_;
  }
  int pause(int x) {
    mutex_.unlock();
    size_ = x;
    mutex_.lock();
    return size_;
  }

  std::mutex mutex_;
  int size_ = 0;
};

//===--- All enumerators --------------------------------------------------===//

enum class Command { Send, Query, Stop };

bool good_each_command(Command command) {
  m.lock();
  if (command == Command::Send) {
    m.unlock();
    return true;
  } else if (Command::Query == command) {
    m.unlock();
    return ready();
  } else if (command == Command::Stop) {
    m.unlock();
    return true;
  }
  return false;
}

bool bad_some_commands(Command command) {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path; it is still held when this function returns, and whoever waits for it waits for ever [leak-unreleased-permit]
  if (command == Command::Send) {
    m.unlock();
    return true;
  } else if (command == Command::Stop) {
    m.unlock();
    return true;
  }
  return false;
}

//===--- A mutex that another thread gives back ---------------------------===//

class Handshake {
public:
  // It waits until the other thread has come to answer().
  void good_wait() {
    asked_.lock();
    if (next()) {
      log("asked");
      asked_.lock();
      asked_.unlock();
    } else {
      answer();
    }
  }
  void answer() {
    log("answered");
    asked_.unlock();
  }
  void bad_wait() {
    own_.lock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'own_' is still held when it is acquired again; the thread waits for itself [leak-unreleased-permit]
    if (next()) {
      log("asked");
      own_.lock();
    }
    own_.unlock();
  }

private:
  std::mutex asked_, own_;
};
