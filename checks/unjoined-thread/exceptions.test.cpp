// Exceptions between start and join.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void work();
bool ready();
int level_of();
void unknown();
void unknown_noexcept() noexcept;

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}
static void fails_deeper() { fails(); }
static void fails_noexcept() noexcept { fails(); }
static void catches_itself() {
  try {
    fails();
  } catch (...) {
  }
}
static int checked(int n) {
  if (n < 0)
    throw std::out_of_range("n");
  return n;
}

void bad_call_throws() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope; std::terminate is called [leak-unjoined-thread]
  fails();
  worker.join();
}

void good_call_throws_after_join() {
  std::thread worker(work);
  worker.join();
  fails();
}

void good_call_throws_before_start() {
  fails();
  std::thread worker(work);
  worker.join();
}

void bad_call_throws_deeper() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  fails_deeper();
  worker.join();
}

void bad_throw() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  if (!ready())
    throw std::runtime_error("not ready");
  worker.join();
}

void good_throw() {
  std::thread worker(work);
  if (!ready()) {
    worker.join();
    throw std::runtime_error("not ready");
  }
  worker.join();
}

void good_unknown_callee() {
  std::thread worker(work);
  unknown();
  worker.join();
}

void good_noexcept_callee() {
  std::thread worker(work);
  fails_noexcept();
  unknown_noexcept();
  worker.join();
}

void good_callee_catches() {
  std::thread worker(work);
  catches_itself();
  worker.join();
}

void good_allocation() {
  std::thread worker(work);
  auto text = std::make_unique<std::string>("a long enough text not to be small");
  worker.join();
}

void good_library() {
  std::thread worker(work);
  std::vector<int> v;
  v.push_back(1);
  (void)v.at(0);
  worker.join();
}

void good_precondition() {
  std::thread worker(work);
  checked(1);
  worker.join();
}

void good_catch_all() {
  std::thread worker(work);
  try {
    fails();
  } catch (...) {
  }
  worker.join();
}

void good_catch_join_rethrow() {
  std::thread worker(work);
  try {
    fails();
  } catch (...) {
    worker.join();
    throw;
  }
  worker.join();
}

void bad_catch_rethrow() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  try {
    fails();
  } catch (...) {
    throw;
  }
  worker.join();
}

void bad_catch_returns() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  try {
    fails();
  } catch (const std::exception &) {
    return;
  }
  worker.join();
}

void good_catch_join_return() {
  std::thread worker(work);
  try {
    fails();
  } catch (const std::exception &) {
    worker.join();
    return;
  }
  worker.join();
}

void good_catch_goes_on() {
  std::thread worker(work);
  try {
    fails();
  } catch (const std::exception &) {
    work();
  }
  worker.join();
}

void bad_thread_inside_try() {
  try {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when an exception leaves this scope
    fails();
    worker.join();
  } catch (...) {
  }
}

void good_thread_inside_try() {
  try {
    fails();
    std::thread worker(work);
    worker.join();
  } catch (...) {
  }
}

void good_thread_started_inside_try() {
  std::thread worker;
  try {
    worker = std::thread(work);
    fails();
  } catch (...) {
  }
  if (worker.joinable())
    worker.join();
}

void bad_function_try() try {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  fails();
  worker.join();
} catch (...) {
}

void bad_noexcept_function() noexcept {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  fails();
  worker.join();
}

// Guards.

struct Guard {
  std::thread &t;
  explicit Guard(std::thread &t) : t(t) {}
  ~Guard() { if (t.joinable()) t.join(); }
};

void good_guard() {
  std::thread worker(work);
  Guard guard(worker);
  fails();
}

void good_guard_early_return() {
  std::thread worker(work);
  Guard guard(worker);
  if (!ready())
    return;
  fails();
}

class OwningGuard {
  std::thread t;
public:
  explicit OwningGuard(std::thread &&t) : t(std::move(t)) {}
  ~OwningGuard() { if (t.joinable()) t.join(); }
};

void good_owning_guard() {
  OwningGuard guard{std::thread(work)};
  fails();
}

void good_owning_guard_moved() {
  std::thread worker(work);
  OwningGuard guard(std::move(worker));
  fails();
}

class ForgetfulGuard {
  std::thread t;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 't' may still be joinable when 'ForgetfulGuard' is destroyed; std::terminate is called
public:
  explicit ForgetfulGuard(std::thread &&t) : t(std::move(t)) {}
};

template <class F> class ScopeExit {
  F f;
  bool active = true;
public:
  explicit ScopeExit(F f) : f(std::move(f)) {}
  ~ScopeExit() { if (active) f(); }
  void release() { active = false; }
};

void good_scope_exit() {
  std::thread worker(work);
  ScopeExit finish([&] { worker.join(); });
  fails();
}

void good_scope_exit_early_return() {
  std::thread worker(work);
  ScopeExit finish([&worker] { if (worker.joinable()) worker.join(); });
  if (!ready())
    return;
  work();
}

void good_scope_exit_function() {
  std::thread worker(work);
  struct Exit {
    std::function<void()> f;
    ~Exit() { f(); }
  } exit{[&] { worker.join(); }};
  fails();
}

void good_unique_ptr_guard() {
  std::thread worker(work);
  auto join = [](std::thread *t) { t->join(); };
  std::unique_ptr<std::thread, decltype(join)> guard(&worker, join);
  fails();
}

void good_shared_ptr_guard() {
  std::thread worker(work);
  std::shared_ptr<void> guard(nullptr, [&](void *) { worker.join(); });
  fails();
}

void good_jthread() {
  std::jthread worker(work);
  fails();
  worker.join();
}

// Containers, holders.

void good_vector() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  try {
    fails();
  } catch (...) {
    for (auto &t : pool)
      t.join();
    throw;
  }
  for (auto &t : pool)
    t.join();
}

void bad_second_start_throws() {
  std::thread first(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'first' is still joinable when an exception leaves this scope
  fails();
  std::thread second(work);
  first.join();
  second.join();
}

class GoodConstructorThrowsFirst {
public:
  GoodConstructorThrowsFirst() {
    fails();
    worker = std::thread(work);
  }
  ~GoodConstructorThrowsFirst() { worker.join(); }
private:
  std::thread worker;
};

class GoodConstructorLoop {
public:
  explicit GoodConstructorLoop(int n) {
    try {
      for (int i = 0; i < n; ++i) {
        pool.emplace_back(work);
        fails();
      }
    } catch (...) {
      for (auto &t : pool)
        t.join();
      throw;
    }
  }
  ~GoodConstructorLoop() { for (auto &t : pool) t.join(); }
private:
  std::vector<std::thread> pool;
};

struct Service {
  void go();
  virtual void maybe() { throw std::runtime_error("not implemented"); }
  void own() { throw std::runtime_error("own"); }
};

void good_virtual(Service &s) {
  std::thread worker(work);
  s.maybe();
  worker.join();
}

void bad_method(Service &s) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  s.own();
  worker.join();
}

struct Thrower {
  Thrower() { fails(); }
};

void bad_constructor_of_local() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  Thrower t;
  worker.join();
}

void good_precondition_in_condition() {
  std::thread worker(work);
  if (checked(level_of()) > 0)
    work();
  worker.join();
}
