// A std::thread in a smart pointer, from the real headers; that of libc++ 19
// can't be followed.
//
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,analyzer
// RUN: %if libcxx && llvm-22 %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <memory>
#include <thread>

void work();

void badUnique(bool Ready) {
  auto Worker = std::make_unique<std::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker->join();
}

void goodUnique() {
  auto Worker = std::make_unique<std::thread>(work);
  Worker->join();
}
