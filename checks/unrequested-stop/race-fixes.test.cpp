// What mends flags that the starter, the thread and the one who stops change.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <atomic>
#include <mutex>
#include <thread>
void work();

class Undone {
public:
  void start() {
    thread_ = std::thread([this] { run(); });
    // CHECK-FIXES: void start() {
    // CHECK-FIXES-NEXT: running_ = true;
    // CHECK-FIXES-NEXT: thread_ = std::thread([this] { run(); });
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    running_ = true;
    while (running_)
      work();
    // CHECK-MESSAGES: :[[@LINE-3]]:5: warning: 'running_' is set by the thread itself
    // CHECK-FIXES: void run() {
    // CHECK-FIXES-NEXT: while (running_)
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

// The starter says it as well.
class Twice {
public:
  void start() {
    running_ = true;
    thread_ = std::thread(&Twice::run, this);
    // CHECK-FIXES: void start() {
    // CHECK-FIXES-NEXT: running_ = true;
    // CHECK-FIXES-NEXT: thread_ = std::thread(&Twice::run, this);
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    running_ = true;
    while (running_)
      work();
    // CHECK-MESSAGES: :[[@LINE-3]]:5: warning: 'running_' is set by the thread itself
    // CHECK-FIXES: void run() {
    // CHECK-FIXES-NEXT: while (running_)
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class Late {
public:
  void start() {
    thread_ = std::thread([this] { run(); });
    running_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'running_' is set only after the start
    // CHECK-FIXES: running_ = true;
    // CHECK-FIXES-NEXT: thread_ = std::thread([this] { run(); });
    // CHECK-FIXES-NOT: running_ = true;
    // CHECK-FIXES: void stop() {
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    while (running_)
      work();
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class Stale {
public:
  void stop() {
    stop_ = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'stop_' asks to stop, and isn't set back
    if (thread_.joinable())
      thread_.join();
  }
  void restart() {
    stop();
    thread_ = std::thread([this] { run(); });
    // CHECK-FIXES: stop();
    // CHECK-FIXES-NEXT: stop_ = false;
    // CHECK-FIXES-NEXT: thread_ = std::thread([this] { run(); });
  }

private:
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Not by itself a statement of a block; started where none can be put: told,
// and left as it is.
class NoPlace {
public:
  NoPlace() : thread_([this] { run(); }) {}
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    running_ = true;
    while (running_)
      work();
    // CHECK-MESSAGES: :[[@LINE-3]]:5: warning: 'running_' is set by the thread itself
    // CHECK-FIXES: NoPlace() : thread_([this] { run(); }) {}
    // CHECK-FIXES: void run() {
    // CHECK-FIXES-NEXT: running_ = true;
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};
