// Miss: with libc++ 19, a std::thread in a std::unique_ptr.
// REQUIRES: libcxx
// RUN: %check_leaks %s leak-unjoined-thread --libcxx
// XFAIL: llvm-19

#include <memory>
#include <thread>

void work();

void badUnique(bool Ready) {
  auto Worker = std::make_unique<std::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker->join();
}
