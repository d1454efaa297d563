// Handles with static storage.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <memory>
#include <optional>
#include <thread>
#include <vector>

void work();
bool ready();

static std::thread bad_at_namespace_scope(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'bad_at_namespace_scope' is never joined and is still joinable when the program ends; std::terminate is called [leak-unjoined-thread]

static std::thread good_at_namespace_scope(work);
void stop_it() { good_at_namespace_scope.join(); }

static std::thread good_started_later;
void start_later2() { good_started_later = std::thread(work); }
void stop_later2() { if (good_started_later.joinable()) good_started_later.join(); }

std::thread good_visible_elsewhere(work);

namespace {
std::thread bad_anonymous(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'bad_anonymous' is never joined and is still joinable when the program ends
std::thread good_anonymous;
}

void bad_function_static() {
  static std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'worker' is never joined and is still joinable when the program ends
}

void good_function_static() {
  static std::thread worker(work);
  worker.join();
}

void good_function_static_detached() {
  static std::thread worker(work);
  worker.detach();
}

std::thread &good_function_static_returned() {
  static std::thread worker(work);
  return worker;
}

static std::thread good_at_exit(work);
void install() { std::atexit([] { good_at_exit.join(); }); }

static std::vector<std::thread> good_vector;
void fill2() { good_vector.emplace_back(work); }
void empty2() { for (auto &t : good_vector) t.join(); }

static std::unique_ptr<std::thread> bad_unique_ptr = std::make_unique<std::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'bad_unique_ptr' is never joined and is still joinable when the program ends

static std::unique_ptr<std::thread> good_unique_ptr = std::make_unique<std::thread>(work);
void stop_ptr() { good_unique_ptr->join(); }

static std::thread *good_leaky_pointer = new std::thread(work);

void good_leaky_singleton() {
  static auto *worker = new std::thread(work);
  (void)worker;
}

thread_local std::thread good_thread_local_unused;

static std::jthread good_jthread(work);

struct Singleton {
  std::thread worker{work};
  ~Singleton() { worker.join(); }
  static Singleton &get() { static Singleton s; return s; }
};
static Singleton good_object_that_joins;

struct Unjoining {
  static std::thread good_static_member;
};
std::thread Unjoining::good_static_member(work);

void consume(std::thread &);
static std::thread good_passed_on(work);
void pass_on() { consume(good_passed_on); }

// Started later.

static std::thread bad_started_later;
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'bad_started_later' is never joined

static std::vector<std::thread> bad_vector;
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'bad_vector' is never joined

static std::optional<std::thread> bad_optional;
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'bad_optional' is never joined

void bad_started_later_start() { bad_started_later = std::thread(work); }

void bad_vector_fill() { bad_vector.emplace_back(work); }

void bad_optional_start() { bad_optional.emplace(work); }
