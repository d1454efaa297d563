// Local, static and heap objects of classes that leave the join to a method.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <functional>
#include <memory>
#include <optional>
#include <pthread.h>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();
[[noreturn]] void fail();
void *routine(void *);

class Wrapper {
public:
  Wrapper() = default;
  explicit Wrapper(void (*f)()) : worker(f) {}
  Wrapper(Wrapper &&) = default;
  Wrapper &operator=(Wrapper &&) = default;
  void join() { worker.join(); }
  bool busy() const { return worker.joinable(); }

private:
  std::thread worker;
};

class Service {
public:
  void init() { worker = std::thread(work); }
  void destroy() { worker.join(); }

private:
  std::thread worker;
};

class Runner {
public:
  Runner() { worker = std::thread(&Runner::run, this); }
  void finish() { worker.join(); }

private:
  void run() {}
  std::thread worker;
};

class Posix {
public:
  explicit Posix(void *(*f)(void *)) { pthread_create(&id, nullptr, f, nullptr); }
  void join() { pthread_join(id, nullptr); }

private:
  pthread_t id;
};

void consume(Wrapper &);
void keep(Runner *);

// Locals. Each is told of once, by whichever rule sees it.

void bad_local() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w.worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_local() {
  Wrapper w(work);
  w.join();
}

void good_local_never_started() {
  Wrapper w;
  Service s;
}

void bad_early_return() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w.worker' is still joinable when it goes out of scope on this path
  if (!ready())
    return;
  w.join();
}

void good_early_return() {
  Wrapper w(work);
  if (!ready()) {
    w.join();
    return;
  }
  w.join();
}

void bad_started() {
  Service s;
  s.init();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 's.worker' is still joinable when it goes out of scope on this path
}

void good_started() {
  Service s;
  s.init();
  s.destroy();
}

void bad_default_constructed() {
  Runner r;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'r.worker' is still joinable when it goes out of scope on this path
}

void good_default_constructed() {
  Runner r;
  r.finish();
}

void bad_posix() {
  Posix p(routine);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the thread started here is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
}

void good_posix() {
  Posix p(routine);
  p.join();
}

void good_never_leaves() {
  Runner r;
  for (;;)
    work();
}

void good_fails() {
  Runner r;
  work();
  fail();
}

void good_lent() {
  Wrapper w(work);
  consume(w);
}

void good_address_kept() {
  Runner r;
  keep(&r);
}

void good_moved_out(std::vector<Wrapper> &pool) {
  Wrapper w(work);
  pool.push_back(std::move(w));
}

void bad_moved_to_local() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'other.worker' is still joinable when it goes out of scope on this path
  Wrapper other(std::move(w));
}

void good_moved_to_local() {
  Wrapper w(work);
  Wrapper other(std::move(w));
  other.join();
}

struct Guard {
  Runner &r;
  explicit Guard(Runner &r) : r(r) {}
  ~Guard() { r.finish(); }
};

void good_joined_by_guard() {
  Runner r;
  Guard guard(r);
}

struct ReferenceGuard {
  Runner &r;
  ~ReferenceGuard() { r.finish(); }
};

void good_joined_by_aggregate() {
  Runner r;
  ReferenceGuard guard{r};
}

void good_pointee_joined_by_aggregate() {
  auto r = std::make_unique<Runner>();
  ReferenceGuard guard{*r};
}

struct PointerGuard {
  Runner *r;
  ~PointerGuard() { r->finish(); }
};

void good_joined_by_aggregate_of_pointer() {
  Runner r;
  PointerGuard guard{&r};
}

void good_joined_by_deleter_function() {
  Runner r;
  std::unique_ptr<Runner, void (*)(Runner *)> guard(&r, [](Runner *r) { r->finish(); });
}

struct Finish {
  void operator()(Runner *r) const {
    r->finish();
    delete r;
  }
};

void good_joined_by_deleter() {
  std::unique_ptr<Runner, Finish> r(new Runner);
}

void good_joined_in_list() {
  Runner first, second;
  for (Runner *r : {&first, &second})
    r->finish();
}

template <class F> struct ScopeExit {
  F f;
  ~ScopeExit() { f(); }
};

void good_joined_by_scope_exit() {
  Runner r;
  ScopeExit exit{[&] { r.finish(); }};
}

void good_joined_by_function_object() {
  Runner r;
  struct Exit {
    std::function<void()> f;
    ~Exit() { f(); }
  } exit{[&r] { r.finish(); }};
}

void good_joined_by_reference() {
  Runner r;
  Runner &same = r;
  same.finish();
}

static Runner &same(Runner &r) { return r; }

void good_joined_through_function() {
  Runner r;
  same(r).finish();
}

void good_pointers_in_vector() {
  Runner r;
  std::vector<Runner *> all;
  all.push_back(&r);
  for (Runner *one : all)
    one->finish();
}

void good_joined_by_lambda() {
  Runner r;
  auto finish = [&r] { r.finish(); };
  finish();
}

void bad_overwritten() {
  Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w.worker' is still joinable when it is assigned to on this path; std::terminate is called [leak-unjoined-thread]
  w = Wrapper(work);
  w.join();
}

void good_overwritten() {
  Wrapper w(work);
  w.join();
  w = Wrapper(work);
  w.join();
}

// The object hands itself on: somebody else may stop it.

class Registered;
void keep(Registered *);
void stop_all();

class Registered {
public:
  Registered() {
    worker = std::thread(&Registered::run, this);
    keep(this);
  }
  void stop() { worker.join(); }

private:
  void run() {}
  std::thread worker;
};

void good_registered() {
  Registered object;
  stop_all();
}

void good_registered_on_heap() {
  auto object = std::make_unique<Registered>();
  stop_all();
}

// Factories.

Wrapper good_factory() { return Wrapper(work); }

Wrapper good_named_factory() {
  Wrapper w(work);
  return w;
}

std::unique_ptr<Runner> good_pointer_factory() { return std::make_unique<Runner>(); }

std::unique_ptr<Runner> good_new_factory() {
  std::unique_ptr<Runner> r(new Runner);
  return r;
}

Runner *good_raw_factory() { return new Runner; }

void bad_made_by_factory() {
  Wrapper w = good_factory();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'w.worker' is still joinable when it goes out of scope on this path
}

void good_made_by_factory() {
  Wrapper w = good_factory();
  w.join();
}

// Pointers.

void bad_unique_ptr() {
  auto r = std::make_unique<Runner>();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'r' still owns a running thread when it goes out of scope; std::terminate is called [leak-unjoined-thread]
}

void good_unique_ptr() {
  auto r = std::make_unique<Runner>();
  r->finish();
}

void bad_unique_ptr_new() {
  std::unique_ptr<Runner> r(new Runner);
  // With libc++ 19 the path isn't followed, and the variable itself is told of.
  // CHECK-MESSAGES: :[[@LINE-2]]:{{27: warning: 'r' still owns a running thread|33: warning: the thread is still joinable}} when it goes out of scope{{.*}}; std::terminate is called [leak-unjoined-thread]
}

void good_unique_ptr_new() {
  std::unique_ptr<Runner> r(new Runner);
  r->finish();
}

void bad_deleted() {
  Runner *r = new Runner;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the thread is still joinable when it goes out of scope on this path
  delete r;
}

void good_deleted() {
  Runner *r = new Runner;
  r->finish();
  delete r;
}

void good_unique_ptr_moved_out(std::vector<std::unique_ptr<Runner>> &pool) {
  auto r = std::make_unique<Runner>();
  pool.push_back(std::move(r));
}

void good_unique_ptr_moved() {
  auto r = std::make_unique<Runner>();
  std::unique_ptr<Runner> other = std::move(r);
  other->finish();
}

void good_unique_ptr_released() {
  auto r = std::make_unique<Runner>();
  Runner *raw = r.release();
  raw->finish();
  delete raw;
}

void good_unique_ptr_captured() {
  auto r = std::make_unique<Runner>();
  std::thread finisher([r = std::move(r)] { r->finish(); });
  finisher.join();
}

std::function<void()> good_shared_ptr_captured() {
  auto r = std::make_shared<Runner>();
  return [r] { r->finish(); };
}

struct Slot {
  Runner *r;
};

void good_raw_pointer_stored(Slot *slot) {
  Runner *r = new Runner;
  slot->r = r;
}

void bad_optional() {
  std::optional<Wrapper> w;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'w' still owns a running thread when it goes out of scope
  w.emplace(work);
}

void good_optional() {
  std::optional<Wrapper> w;
  w.emplace(work);
  w->join();
}

// Many.

void bad_vector() {
  std::vector<Wrapper> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'pool' still holds running threads when it goes out of scope; std::terminate is called [leak-unjoined-thread]
  pool.emplace_back(work);
}

void good_vector() {
  std::vector<Wrapper> pool;
  pool.emplace_back(work);
  for (Wrapper &w : pool)
    w.join();
}

void bad_vector_of_size(int n) {
  std::vector<Runner> pool(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'pool' still holds running threads when it goes out of scope
}

void bad_vector_of_four() {
  std::vector<Runner> pool(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'pool' still holds running threads when it goes out of scope
}

void good_vector_of_size(int n) {
  std::vector<Runner> pool(n);
  for (Runner &r : pool)
    r.finish();
}

void good_vector_of_size_not_started(int n) {
  std::vector<Service> pool(n);
}

// LLVM 19 doesn't know what the element is called: "the thread".
void bad_array() {
  Runner runners[2];
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: {{'runners\[1\].worker'|the thread}} is still joinable when it goes out of scope on this path
}

void good_array() {
  Runner runners[2];
  for (Runner &r : runners)
    r.finish();
}

// Static storage.

static Runner bad_static;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'bad_static' is never joined and is still joinable when the program ends; std::terminate is called [leak-unjoined-thread]

static Runner good_static;
void stop_static() { good_static.finish(); }

Runner good_visible_elsewhere;

static Service good_static_service;

static Service bad_static_service;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'bad_static_service' is never joined and is still joinable when the program ends
void start_static_service() { bad_static_service.init(); }

void bad_function_static() {
  static Wrapper w(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'w' is never joined and is still joinable when the program ends
}

void good_function_static() {
  static Wrapper w(work);
  if (w.busy())
    w.join();
}

Runner &good_function_static_returned() {
  static Runner r;
  return r;
}

// It lives until the process ends, and is never destroyed.
class ForEver {
public:
  ForEver() : worker(work) {}
  void join() { worker.join(); }

private:
  std::thread worker;
};

ForEver &good_leaky_singleton() {
  static ForEver &f = *new ForEver;
  return f;
}

// Holders of holders.

class Holder {
public:
  Holder() : w(work) {}
  void stop() { w.join(); }

private:
  Wrapper w;
};

void bad_holder() {
  Holder h;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'h.w.worker' is still joinable when it goes out of scope on this path
}

void good_holder() {
  Holder h;
  h.stop();
}

class JoiningHolder {
public:
  JoiningHolder() : w(work) {}
  ~JoiningHolder() { w.join(); }

private:
  Wrapper w;
};

void good_joining_holder() {
  JoiningHolder h;
}

// Inheritance.

class Base {
public:
  void start() { worker = std::thread(&Base::entry, this); }
  void stop() { worker.join(); }
  virtual ~Base() {}

protected:
  virtual void body() = 0;

private:
  void entry() { body(); }
  std::thread worker;
};

class Derived : public Base {
  void body() override { work(); }
};

class DerivedJoins : public Base {
public:
  ~DerivedJoins() override { stop(); }

private:
  void body() override { work(); }
};

void bad_derived() {
  Derived d;
  d.start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'd.worker' is still joinable when it goes out of scope on this path
}

void good_derived() {
  Derived d;
  d.start();
  d.stop();
}

void good_derived_joins() {
  DerivedJoins d;
  d.start();
}
