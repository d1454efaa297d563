// How it is told.
//
// RUN: %check_leaks %s leak-thread-exception-escape -- -std=c++17

#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

bool ready();

void receive() {
  if (!ready())
    throw std::runtime_error("connection lost");
}
void step() {
  try {
    receive();
  } catch (const std::system_error &) {
  }
}

void start() {
  try {
    std::thread t([] {
    // CHECK-NOTES: :[[@LINE-1]]:17: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    // CHECK-NOTES: :[[@LINE+7]]:9: note: 'step' is called here
    // CHECK-NOTES: :[[@LINE-10]]:5: note: 'receive' is called here
    // CHECK-NOTES: :[[@LINE-15]]:5: note: 'runtime_error' is thrown here
    // CHECK-NOTES: :[[@LINE-11]]:5: note: the handlers here don't take it
    // CHECK-NOTES: :[[@LINE+5]]:9: note: it is thrown again here
    // CHECK-NOTES: :[[@LINE-8]]:3: note: this 'try' is around the start only; what the thread throws doesn't come here
      try {
        step();
      } catch (...) {
        throw;
      }
    });
    t.join();
  } catch (const std::exception &) {
  }
}

void parse(const std::string &text) {
  std::thread t([text] { (void)std::stoi(text); });
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'std::invalid_argument' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  // CHECK-NOTES: :[[@LINE-2]]:32: note: 'stoi' may throw 'std::invalid_argument' here
  t.join();
}
