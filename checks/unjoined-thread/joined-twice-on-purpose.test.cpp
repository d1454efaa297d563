// Once a false alarm: a second join whose exception is awaited.
// RUN: %check_leaks %s leak-unjoined-thread

#include <system_error>
#include <thread>

void work();

void good_awaits_the_exception() {
  std::thread worker(work);
  worker.join();
  try {
    worker.join();
  } catch (const std::system_error &) {
  }
}

void bad_joins_twice() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is joined after it was joined; an exception is thrown
  worker.join();
  worker.join();
}
