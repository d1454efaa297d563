// An exception that nobody takes in main ends the process, joined or not.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %check_leaks %s leak-unjoined-thread -check-suffixes=,CAUGHT -- -DCAUGHT

#include <exception>
#include <stdexcept>
#include <string>
#include <thread>

void work();

struct Counter {
  bool closed = false;
  void increment() {
    if (closed)
      throw std::string("closed");
  }
};

void bad_elsewhere(Counter &counter) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope; std::terminate is called [leak-unjoined-thread]
  counter.increment();
  worker.join();
}

#ifdef CAUGHT

int main() {
  Counter counter;
  try {
    std::thread worker(work);
    // CHECK-MESSAGES-CAUGHT: :[[@LINE-1]]:17: warning: 'worker' is still joinable when an exception leaves this scope; std::terminate is called
    counter.increment();
    worker.join();
  } catch (const std::string &) {
    return 1;
  }
}

#else

int main(int argc, char **) {
  Counter counter;
  std::thread worker(work);
  counter.increment();
  worker.join();
  if (argc > 1)
    return 1;
  // No handler takes what is thrown.
  try {
    std::thread worker(work);
    counter.increment();
    worker.join();
  } catch (const std::exception &) {
    return 1;
  }
}

#endif
