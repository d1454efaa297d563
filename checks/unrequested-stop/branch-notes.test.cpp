// How a stop on one path only is told.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <atomic>
#include <thread>
#include <vector>

void work();

class Many {
public:
  void start() {
    for (int i = 0; i < 4; ++i)
      threads_.emplace_back(&Many::run, this);
  }
  void shutdown() {
    if (flush()) {
      stop_ = true;
    }
    for (auto &t : threads_)
      t.join();
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: 'threads_' is joined, but 'stop_', until which it runs, is set on one path only; on another one this join never returns [leak-unrequested-stop]
    // CHECK-NOTES: :[[@LINE-9]]:7: note: started here
    // CHECK-NOTES: :[[@LINE+8]]:5: note: this loop ends only when 'stop_' is set
    // CHECK-NOTES: :[[@LINE-7]]:7: note: set here
    // CHECK-NOTES: :[[@LINE-9]]:9: note: assuming 'flush()' is false
  }

private:
  bool flush();
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};
