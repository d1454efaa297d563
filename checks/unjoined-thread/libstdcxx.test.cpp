// Found on libstdc++, but not on each libc++: libc++ 19's unique_ptr and optional
// are not followed to their end; see also test/known/unjoined-libcxx.test.cpp.
// RUN: %check_leaks %s leak-unjoined-thread

#include <memory>
#include <optional>
#include <thread>

void work();
bool ready();
using namespace std;

static void look_at(const std::thread &t) {
  (void)t.get_id();
}

struct Forgetter {
  void operator()(thread *t) const { delete t; }
};

void bad_helper_only_looks() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  look_at(worker);
}

void bad_unique_ptr_deleter_forgets() {
  unique_ptr<thread, Forgetter> worker(new thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: the thread is still joinable when it goes out of scope on this path
}

void bad_unique_ptr() {
  auto worker = make_unique<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the thread is still joinable when it goes out of scope on this path
}

void bad_unique_ptr_early_return() {
  unique_ptr<thread> worker(new thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the thread is still joinable when it goes out of scope on this path
  if (!ready())
    return;
  worker->join();
}

void bad_unique_ptr_reset() {
  auto worker = make_unique<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the thread is still joinable when it goes out of scope on this path
  worker.reset();
}

void bad_unique_ptr_overwritten() {
  auto worker = make_unique<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the thread is still joinable when it goes out of scope on this path
  worker = make_unique<thread>(work);
  worker->join();
}

void bad_unique_ptr_nulled() {
  auto worker = make_unique<thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the thread is still joinable when it goes out of scope on this path
  worker = nullptr;
}

void bad_optional_emplaced_twice() {
  optional<thread> worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'worker' is still joinable when it goes out of scope on this path
  worker.emplace(work);
  worker->join();
}
