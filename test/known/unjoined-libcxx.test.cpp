// Miss on libc++, found on libstdc++: a helper that only looks at the thread, and
// a deleter that doesn't join.
// REQUIRES: libcxx
// RUN: %check_leaks %s leak-unjoined-thread --libcxx
// XFAIL: *

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
