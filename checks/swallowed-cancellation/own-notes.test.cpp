// RUN: %check_leaks %s leak-swallowed-cancellation -- -std=c++17

#include <atomic>

void work();
void log(const char *);

struct Cancelled {};
struct Bad {
  std::atomic<bool> cancelled{false};
  void check() {
    if (cancelled)
      throw Cancelled();
  }
  void run() {
    while (true) {
      try {
        check();
        work();
      } catch (...) {
        // CHECK-NOTES: :[[@LINE-1]]:9: warning: this handler swallows 'Cancelled', by which the execution is asked to end, and the loop goes on for ever [leak-swallowed-cancellation]
        // CHECK-NOTES: :[[@LINE-4]]:9: note: thrown by this
        // CHECK-NOTES: :[[@LINE-10]]:7: note: that gets here
        // CHECK-NOTES: :[[@LINE-8]]:5: note: this loop has no other end
        log("failed");
      }
    }
  }
};
