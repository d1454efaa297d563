// Stop flags that are known by their names: who sets them, and who joins, is
// elsewhere.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <chrono>
#include <poll.h>
#include <string>
#include <thread>

using namespace std::chrono_literals;

bool tryConnect();
bool next();
bool isPending();
int answer();
void work();

class BadRetry {
public:
  void run() {
    while (!stop_) {
      // CHECK-MESSAGES: :[[@LINE+1]]:7: warning: this loop tries again and again without a look at 'stop_', which ends the loop around it; as long as it fails, who asks it to stop waits
      while (!tryConnect())
        std::this_thread::sleep_for(1s);
      work();
    }
  }
  std::atomic<bool> stop_;
};

class GoodRetry {
public:
  void run() {
    while (!stop_) {
      while (!stop_ && !tryConnect())
        std::this_thread::sleep_for(1s);
      work();
    }
  }
  std::atomic<bool> stop_;
};

// It waits for somebody else, who isn't the one who stops.
class BadWaits {
public:
  void setJob(int *job) { job_ = job; }
  void stop();
  void run() {
    while (keepRunning_) {
      while (job_ == nullptr)
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop waits for 'job_' without a look at 'keepRunning_', which ends the loop around it; if nobody changes 'job_' any more, who asks it to stop waits for ever
        std::this_thread::sleep_for(10ms);
      work();
      job_ = nullptr;
    }
  }

private:
  std::atomic<bool> keepRunning_{true};
  std::atomic<int *> job_{nullptr};
};

class GoodWaitsUntilStop {
public:
  void setJob(int *job) { job_ = job; }
  void stop() {
    static int last;
    keepRunning_ = false;
    job_ = &last;
    thread_.join();
  }
  void run() {
    while (keepRunning_) {
      while (job_ == nullptr)
        std::this_thread::sleep_for(10ms);
      work();
    }
  }

private:
  std::atomic<bool> keepRunning_{true};
  std::atomic<int *> job_{nullptr};
  std::thread thread_;
};

// Who changes it, isn't visible.
struct GoodUnseen {
  void run() {
    while (!quit_) {
      while (paused_)
        std::this_thread::sleep_for(10ms);
      work();
    }
  }
  std::atomic<bool> quit_, paused_;
};

class BadTimedWait {
public:
  void run() {
    while (!exiting_) {
      struct pollfd one = {fd_, POLLIN, 0};
      int n;
      do {
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at 'exiting_'
        n = poll(&one, 1, 1000);
      } while (n == 0);
      work();
    }
  }

private:
  void shutdown() { exiting_ = true; thread_.join(); }
  int fd_ = 0;
  volatile bool exiting_ = false;
  std::thread thread_;
};

// A parameter that refers to the flag of another one.
void bad_parameter(const std::atomic<bool> &cancelled) {
  while (!cancelled) {
    while (!tryConnect())
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop tries again and again without a look at 'cancelled'
      std::this_thread::sleep_for(1s);
    work();
  }
}

void bad_long_sleep(std::atomic<bool> *shutdownRequested) {
  while (!*shutdownRequested) {
    work();
    std::this_thread::sleep_for(1min);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this sleeps for 60 seconds between two looks at 'shutdownRequested'; who asks it to stop waits as long
  }
}

void good_value(bool stop) {
  while (!stop) {
    while (!tryConnect())
      std::this_thread::sleep_for(1s);
    stop = next();
  }
}

// What has an end of its own.
struct GoodEnds {
  void run(int attempts) {
    while (!stop_) {
      int tries = 0;
      while (!tryConnect()) {
        if (tries++ == attempts)
          break;
        std::this_thread::sleep_for(1s);
      }
      // As long as there is something to do.
      while (next())
        std::this_thread::sleep_for(1ms);
      while (true) {
        if (!next())
          break;
        std::this_thread::sleep_for(1ms);
      }
      auto until = std::chrono::steady_clock::now() + 5s;
      while (!tryConnect() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1s);
      for (Item *i = first_; i; i = i->next)
        std::this_thread::sleep_for(1ms);
      Item *item = first_;
      while (item) {
        std::this_thread::sleep_for(1ms);
        item = item->next;
      }
      while (!text_.empty()) {
        text_.pop_back();
        std::this_thread::sleep_for(1ms);
      }
    }
  }
  struct Item {
    Item *next;
  } *first_;
  std::string text_;
  std::atomic<bool> stop_;
};

// That it counts, doesn't bound it.
struct BadCounts {
  void run() {
    while (!stop_) {
      while (!tryConnect()) {
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again
        ++failures_;
        std::this_thread::sleep_for(1s);
      }
      while (isPending())
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again
        std::this_thread::sleep_for(1s);
      while (answer() < 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again
        std::this_thread::sleep_for(1s);
      work();
    }
  }
  int failures_ = 0;
  std::atomic<bool> stop_;
};

// Nobody waits for it.
class GoodDetached {
public:
  void start() { std::thread(&GoodDetached::run, this).detach(); }
  ~GoodDetached() { stop_ = true; }

private:
  void run() {
    while (!stop_) {
      while (!tryConnect())
        std::this_thread::sleep_for(1s);
      work();
    }
  }
  std::atomic<bool> stop_{false};
};
