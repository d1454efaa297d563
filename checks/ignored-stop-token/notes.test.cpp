// Notes, and the option.
//
// RUN: %check_leaks %s leak-ignored-stop-token -config="{CheckOptions: {leak-ignored-stop-token.LongSleep: 5}}" -- -std=c++20

#include <atomic>
#include <thread>
#include <unistd.h>

bool tryConnect();
void work();

class Client {
public:
  void start() { thread_ = std::thread(&Client::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void connect() {
    while (!tryConnect())
      sleep(1);
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: this loop tries again and again without a look at 'stop_', which ends the loop around it; as long as it fails, the join never returns [leak-ignored-stop-token]
    // CHECK-NOTES: :[[@LINE+6]]:5: note: this loop ends when 'stop_' is set
    // CHECK-NOTES: :[[@LINE+6]]:7: note: it gets there from here
    // CHECK-NOTES: :[[@LINE-11]]:5: note: set here
    // CHECK-NOTES: :[[@LINE-11]]:5: note: joined here
  }
  void run() {
    while (!stop_) {
      connect();
      sleep(5);
      // CHECK-NOTES: :[[@LINE-1]]:7: warning: this sleeps for 5 seconds between two looks at 'stop_'; the join takes as long [leak-ignored-stop-token]
      // CHECK-NOTES: :[[@LINE-4]]:5: note: this loop ends when 'stop_' is set
      // CHECK-NOTES: :[[@LINE-20]]:5: note: set here
      // CHECK-NOTES: :[[@LINE-20]]:5: note: joined here
      sleep(4);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
