// The thread is started where its member is declared.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <chrono>
#include <thread>

bool tryConnect();
void work();

class Bad {
public:
  Bad() {}
  ~Bad() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      while (!tryConnect())
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at 'stop_', which ends the loop around it; as long as it fails, the join never returns
        std::this_thread::sleep_for(std::chrono::seconds(1));
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_{&Bad::run, this};
};

class Good {
public:
  Good() {}
  ~Good() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      while (!stop_ && !tryConnect())
        std::this_thread::sleep_for(std::chrono::seconds(1));
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_{&Good::run, this};
};
