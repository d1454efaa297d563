// Descriptors by which the process wakes its own threads.
//
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++17

#include <atomic>
#include <cstdint>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>

void work();

class BadEvent {
public:
  BadEvent() : event_(eventfd(0, 0)), thread_([this] { run(); }) {}
  ~BadEvent() {
    running_ = false;
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined, but may read from 'event_' for ever: nothing is written to it after 'running_' is set [leak-unclosed-channel]
    close(event_);
  }
  void wake() {
    uint64_t one = 1;
    write(event_, &one, sizeof(one));
  }

private:
  void run() {
    while (running_) {
      uint64_t n = 0;
      read(event_, &n, sizeof(n));
      work();
    }
  }
  int event_;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class GoodEvent {
public:
  GoodEvent() : event_(eventfd(0, 0)), thread_([this] { run(); }) {}
  ~GoodEvent() {
    running_ = false;
    wake();
    thread_.join();
    close(event_);
  }
  void wake() {
    uint64_t one = 1;
    write(event_, &one, sizeof(one));
  }

private:
  void run() {
    while (running_) {
      uint64_t n = 0;
      read(event_, &n, sizeof(n));
      work();
    }
  }
  int event_;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

// Its reads return at once.
class GoodNonBlocking {
public:
  GoodNonBlocking()
      : event_(eventfd(0, EFD_NONBLOCK)), thread_([this] { run(); }) {}
  ~GoodNonBlocking() {
    running_ = false;
    thread_.join();
    close(event_);
  }

private:
  void run() {
    while (running_) {
      uint64_t n = 0;
      read(event_, &n, sizeof(n));
      work();
    }
  }
  int event_;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class BadPipe {
public:
  void start() {
    if (pipe(fds_) == 0)
      thread_ = std::thread(&BadPipe::run, this);
  }
  void poke() { write(fds_[1], "x", 1); }
  void stop() {
    stop_ = true;
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined, but may read from 'fds_' for ever: nothing is written to it after 'stop_' is set
    close(fds_[0]);
    close(fds_[1]);
  }

private:
  void run() {
    char c;
    while (!stop_) {
      if (read(fds_[0], &c, 1) == 1)
        work();
    }
  }
  int fds_[2];
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodPipe {
public:
  void start() {
    if (pipe(fds_) == 0)
      thread_ = std::thread(&GoodPipe::run, this);
  }
  void poke() { write(fds_[1], "x", 1); }
  void stop() {
    stop_ = true;
    poke();
    thread_.join();
    close(fds_[0]);
    close(fds_[1]);
  }

private:
  void run() {
    char c;
    while (!stop_) {
      if (read(fds_[0], &c, 1) == 1)
        work();
    }
  }
  int fds_[2];
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The end of the writing side ends it as well.
class GoodClosed {
public:
  void start() {
    if (pipe(fds_) == 0)
      thread_ = std::thread(&GoodClosed::run, this);
  }
  void stop() {
    stop_ = true;
    close(fds_[1]);
    thread_.join();
    close(fds_[0]);
  }

private:
  void run() {
    char c;
    while (!stop_) {
      if (read(fds_[0], &c, 1) <= 0)
        break;
      work();
    }
  }
  int fds_[2];
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
