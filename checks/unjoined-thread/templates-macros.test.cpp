// Templates and macros.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <cstdio>
#include <thread>
#include <vector>

void work();
bool ready();

// Instantiated several times, reported once.

template <class T> void bad_template(T value) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (value > T())
    return;
  worker.join();
}

template <class T> void good_template(T value) {
  std::thread worker(work);
  if (value > T()) {
    worker.join();
    return;
  }
  worker.join();
}

void use_templates() {
  bad_template(1);
  bad_template(2.0);
  bad_template('c');
  good_template(1);
  good_template(2.0);
}

template <class T> void good_never_instantiated(T value) {
  std::thread worker(work);
}

template <int N> void bad_constant() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if constexpr (N > 1)
    worker.join();
}

void use_constants() {
  bad_constant<1>();
  bad_constant<2>();
}

template <int N> void good_constant() {
  std::thread worker;
  if constexpr (N > 1) {
    worker = std::thread(work);
    worker.join();
  }
}

void use_constants2() {
  good_constant<1>();
  good_constant<2>();
}

template <class T> class BadClassTemplate {
public:
  BadClassTemplate() : worker(work) {}
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadClassTemplate' is destroyed
  T value;
};

template <class T> class GoodClassTemplate {
public:
  GoodClassTemplate() : worker(work) {}
  ~GoodClassTemplate() { worker.join(); }
private:
  std::thread worker;
  T value;
};

void use_classes() {
  BadClassTemplate<int> a;
  BadClassTemplate<long> b;
  GoodClassTemplate<int> c;
  GoodClassTemplate<long> d;
}

template <class Thread> void bad_handle_as_parameter() {
  Thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'worker' is still joinable when it goes out of scope on this path
}
void use_handle() { bad_handle_as_parameter<std::thread>(); bad_handle_as_parameter<std::jthread>(); }

template <class... F> void bad_pack(F... f) {
  std::vector<std::thread> pool;
  (pool.emplace_back(f), ...);
  // CHECK-MESSAGES: :[[@LINE-1]]:4: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}
template <class... F> void good_pack(F... f) {
  std::vector<std::thread> pool;
  (pool.emplace_back(f), ...);
  for (auto &t : pool)
    t.join();
}
void use_packs() { bad_pack(work, work); good_pack(work, work); }

void bad_generic_lambda() {
  auto run = [](auto value) {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (value)
      return;
    worker.join();
  };
  run(1);
  run(1L);
}

void bad_abbreviated(auto value) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  (void)value;
}
void use_abbreviated() { bad_abbreviated(1); bad_abbreviated(2.0); }

// Macros.

#define START(name) std::thread name(work)
#define JOIN(name) name.join()
#define RETURN_IF(condition) do { if (condition) return; } while (0)
#define NOTHING(name)
#define ASSERT_OR_RETURN(condition) if (!(condition)) { std::puts(#condition); return; }

void bad_started_by_macro() {
  START(worker);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'worker' is still joinable when it goes out of scope on this path
}

void good_started_by_macro() {
  START(worker);
  JOIN(worker);
}

void bad_return_in_macro() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  RETURN_IF(ready());
  worker.join();
}

void good_return_in_macro() {
  RETURN_IF(ready());
  std::thread worker(work);
  worker.join();
}

void bad_assertion_that_returns() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  ASSERT_OR_RETURN(ready());
  worker.join();
}

void good_assertion_that_returns() {
  std::thread worker(work);
  bool ok = ready();
  worker.join();
  ASSERT_OR_RETURN(ok);
}

void bad_macro_of_nothing() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  NOTHING(worker);
}

#define WHOLE_FUNCTION(name) void name() { std::thread worker(work); }
WHOLE_FUNCTION(bad_whole_function)
  // CHECK-MESSAGES: :[[@LINE-1]]:1: warning: 'worker' is still joinable when it goes out of scope on this path

#define WHOLE_GOOD(name) void name() { std::thread worker(work); worker.join(); }
WHOLE_GOOD(good_whole_function)

#define TEST(suite, name) static void suite##_##name()
TEST(bad, inside_test_macro) { std::thread worker(work); }
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: 'worker' is still joinable when it goes out of scope on this path

#define BODY_OF_FOUR START(a); START(b); JOIN(a)
void bad_two_in_one_macro() {
  BODY_OF_FOUR;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'b' is still joinable when it goes out of scope on this path
}

#define LOOP(n) for (int i = 0; i < n; ++i)
void bad_loop_macro(int n) {
  std::vector<std::thread> pool;
  LOOP(n) pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}
void good_loop_macro(int n) {
  std::vector<std::thread> pool;
  LOOP(n) pool.emplace_back(work);
  LOOP(n) pool[i].join();
}
