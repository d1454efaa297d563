// Found on libstdc++ only; see test/known/unjoined-libcxx.test.cpp.
// RUN: %check_leaks %s leak-unjoined-thread

#include <memory>
#include <thread>

void work();
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
