// Miss: a handler between the thread and the call that throws is trusted whatever
// it does.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <stdexcept>
#include <thread>

void work();
bool ready();

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}

void bad_catch_rethrow() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  try {
    fails();
  } catch (...) {
    throw;
  }
  worker.join();
}

void bad_catch_returns() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  try {
    fails();
  } catch (const std::exception &) {
    return;
  }
  worker.join();
}

void bad_catch_other_type() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  try {
    fails();
  } catch (int) {
  }
  worker.join();
}

void bad_thread_started_inside_try() {
  std::thread worker;
  try {
    worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
    fails();
    worker.join();
  } catch (...) {
  }
}
