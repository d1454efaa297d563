// What a thread waits for between two looks: queues, children, signals.
//
// REQUIRES: package-libtbb-dev
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <deque>
#include <semaphore.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <tbb/concurrent_queue.h>
#include <thread>
#include <unistd.h>

void handle(int);

class BadQueue {
public:
  BadQueue() : thread_(&BadQueue::run, this) {}
  ~BadQueue() {
    stop_ = true;
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join, which never returns [leak-ignored-stop-token]
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// The recommended mend.
class GoodQueueAborted {
public:
  GoodQueueAborted() : thread_(&GoodQueueAborted::run, this) {}
  ~GoodQueueAborted() {
    stop_ = true;
    queue_.abort();
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// One more element, by a function of its own.
class GoodQueueFed {
public:
  GoodQueueFed() : thread_(&GoodQueueFed::run, this) {}
  ~GoodQueueFed() {
    stop_ = true;
    add(0);
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// A last element ends it, which somebody puts in.
class GoodQueueSentinel {
public:
  GoodQueueSentinel() : thread_(&GoodQueueSentinel::run, this) {}
  ~GoodQueueSentinel() {
    stop_ = true;
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      if (value < 0)
        break;
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// It asks first.
class GoodQueueAsked {
public:
  GoodQueueAsked() : thread_(&GoodQueueAsked::run, this) {}
  ~GoodQueueAsked() {
    stop_ = true;
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      if (queue_.empty()) {
        usleep(1000);
        continue;
      }
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// Others know the queue.
class GoodQueueShared {
public:
  GoodQueueShared() : thread_(&GoodQueueShared::run, this) {}
  ~GoodQueueShared() {
    stop_ = true;
    thread_.join();
  }
  tbb::concurrent_bounded_queue<int> &queue() { return queue_; }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// What isn't seen may put something in.
class GoodQueueHelper {
public:
  GoodQueueHelper() : thread_(&GoodQueueHelper::run, this) {}
  ~GoodQueueHelper() {
    stop_ = true;
    prepare();
    thread_.join();
  }

private:
  void prepare();
  void run() {
    int value;
    while (!stop_) {
      queue_.pop(value);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  tbb::concurrent_bounded_queue<int> queue_;
  std::thread thread_;
};

// A queue of the project, whose methods are elsewhere: by its name.
class Queue {
public:
  void push(int);
  void wait_and_pop(int &);
  bool wait_and_pop_for(int &, int milliseconds);
};

class BadNamed {
public:
  BadNamed() : thread_(&BadNamed::run, this) {}
  ~BadNamed() {
    stop_ = true;
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value;
    while (!stop_) {
      queue_.wait_and_pop(value);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  Queue queue_;
  std::thread thread_;
};

class GoodNamedTimed {
public:
  GoodNamedTimed() : thread_(&GoodNamedTimed::run, this) {}
  ~GoodNamedTimed() {
    stop_ = true;
    thread_.join();
  }
  void add(int value) { queue_.push(value); }

private:
  void run() {
    int value = 0;
    while (!stop_) {
      queue_.wait_and_pop_for(value, 100);
      handle(value);
    }
  }
  std::atomic<bool> stop_{false};
  Queue queue_;
  std::thread thread_;
};

// Children.
class BadChildren {
public:
  BadChildren() : thread_(&BadChildren::run, this) {}
  ~BadChildren() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int status;
      if (waitpid(-1, &status, 0) > 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join
        handle(status);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodChildrenKilled {
public:
  GoodChildrenKilled() : thread_(&GoodChildrenKilled::run, this) {}
  ~GoodChildrenKilled() {
    stop_ = true;
    kill(child_, SIGTERM);
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int status;
      if (waitpid(child_, &status, 0) > 0)
        handle(status);
    }
  }
  pid_t child_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodChildrenPolled {
public:
  GoodChildrenPolled() : thread_(&GoodChildrenPolled::run, this) {}
  ~GoodChildrenPolled() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int status;
      if (waitpid(-1, &status, WNOHANG) > 0)
        handle(status);
      usleep(10000);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Several descriptors.
class BadSelect {
public:
  explicit BadSelect(int fd) : fd_(fd), thread_(&BadSelect::run, this) {}
  ~BadSelect() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      fd_set set;
      FD_ZERO(&set);
      FD_SET(fd_, &set);
      if (select(fd_ + 1, &set, nullptr, nullptr, nullptr) > 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join
        handle(fd_);
    }
  }
  int fd_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodSelectTimed {
public:
  explicit GoodSelectTimed(int fd)
      : fd_(fd), thread_(&GoodSelectTimed::run, this) {}
  ~GoodSelectTimed() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      fd_set set;
      FD_ZERO(&set);
      FD_SET(fd_, &set);
      timeval limit{1, 0};
      if (select(fd_ + 1, &set, nullptr, nullptr, &limit) > 0)
        handle(fd_);
    }
  }
  int fd_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodSelectWoken {
public:
  explicit GoodSelectWoken(int fd)
      : fd_(fd), thread_(&GoodSelectWoken::run, this) {}
  ~GoodSelectWoken() {
    stop_ = true;
    write(pipe_[1], "x", 1);
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      fd_set set;
      FD_ZERO(&set);
      FD_SET(fd_, &set);
      FD_SET(pipe_[0], &set);
      if (select(fd_ + 1, &set, nullptr, nullptr, nullptr) > 0)
        handle(fd_);
    }
  }
  int fd_;
  int pipe_[2];
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The thread itself asks for the end, when what it waits for says so.
class GoodSignals {
public:
  GoodSignals() : thread_(&GoodSignals::run, this) {}
  ~GoodSignals() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    sigset_t set;
    sigemptyset(&set);
    while (!stop_) {
      int signal = 0;
      sigwait(&set, &signal);
      if (signal == SIGTERM)
        stop_ = true;
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
