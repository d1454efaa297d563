// A release on a way around the acquisition: undefined for every mutex.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <mutex>

bool prepare();
void use();

std::mutex global;
std::recursive_mutex nested;

int bad_jump() {
  int result = -1;
  if (!prepare())
    goto out;
  global.lock();
  use();
  result = 0;
out:
  global.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'global' is not held on every path to this release; the behavior is undefined
  return result;
}

int good_label_behind_the_release() {
  int result = -1;
  if (!prepare())
    goto out;
  global.lock();
  use();
  result = 0;
  global.unlock();
out:
  return result;
}

int good_jump() {
  int result = -1;
  global.lock();
  if (!prepare())
    goto out;
  use();
  result = 0;
out:
  global.unlock();
  return result;
}

void bad_after_failed_try() {
  if (global.try_lock())
    use();
  global.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'global' is not held on every path to this release
}

void bad_result_not_asked() {
  global.try_lock();
  use();
  global.unlock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'global' is not held on every path to this release
}

void good_after_try() {
  if (global.try_lock()) {
    use();
    global.unlock();
  }
}

void good_try_in_a_variable() {
  bool held = global.try_lock();
  use();
  if (held)
    global.unlock();
}

void good_try_or_wait() {
  if (!global.try_lock())
    global.lock();
  use();
  global.unlock();
}

void good_recursive_after_failed_try() {
  // Who holds it already may mean its own.
  if (nested.try_lock())
    use();
  nested.unlock();
}

/// The caller may hold it.
void good_taken_over(bool held) {
  if (!held)
    global.lock();
  use();
  global.unlock();
}

void good_only_when_needed(int n) {
  if (n > 0)
    global.lock();
  use();
  if (n > 0)
    global.unlock();
}

class Box {
public:
  int bad_member(int key) {
    int found = 0;
    if (key < 0)
      goto done;
    m_.lock();
    found = values_[key];
  done:
    m_.unlock();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'm_' is not held on every path to this release
    return found;
  }

  int good_member(int key) {
    int found = 0;
    if (key < 0)
      return found;
    m_.lock();
    found = values_[key];
    m_.unlock();
    return found;
  }

private:
  std::mutex m_;
  int values_[4] = {};
};
