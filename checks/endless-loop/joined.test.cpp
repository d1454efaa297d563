// Threads that are joined, and run a loop that nothing leaves.
//
// RUN: %check_leaks %s leak-endless-loop

#include <chrono>
#include <cstdlib>
#include <functional>
#include <pthread.h>
#include <stdexcept>
#include <thread>

void work();
int next();

class BadTicker {
public:
  BadTicker() : thread([this] { run(); }) {}
  ~BadTicker() { thread.join(); }

private:
  void run() {
    for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing leaves this loop; 'thread', which runs it, is joined by '~BadTicker', which never returns [leak-endless-loop]
      work();
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }
  std::thread thread;
};

class BadDispatcher {
public:
  void start() { thread = std::thread(&BadDispatcher::run, this); }
  void stop() {
    if (thread.joinable())
      thread.join();
  }
  ~BadDispatcher() { stop(); }

private:
  void run() {
    while (true) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing leaves this loop; 'thread', which runs it, is joined by 'stop', which never returns [leak-endless-loop]
      switch (next()) {
      case 0:
        if (next() > 3)
          break;
        work();
      }
    }
  }
  std::thread thread;
};

class GoodDispatcher {
public:
  GoodDispatcher() : thread([this] { run(); }) {}
  ~GoodDispatcher() { thread.join(); }

private:
  void run() {
    while (true) {
      switch (next()) {
      case 0:
        return;
      default:
        work();
      }
    }
  }
  std::thread thread;
};

// An exception ends it.
class Thrower {
public:
  Thrower() : thread([this] { run(); }) {}
  ~Thrower() { thread.join(); }

private:
  void run() {
    try {
      while (true)
        work();
    } catch (const std::exception &) {
    }
  }
  std::thread thread;
};

// What it calls says when it is enough.
class Called {
public:
  Called() : thread([this] { run(); }) {}
  ~Called() { thread.join(); }

private:
  void run() {
    while (true)
      step();
  }
  void step() {
    if (!next())
      pthread_exit(nullptr);
  }
  std::thread thread;
};

class Callback {
public:
  explicit Callback(std::function<void()> step)
      : step(step), thread([this] { run(); }) {}
  ~Callback() { thread.join(); }

private:
  void run() {
    while (true)
      step();
  }
  std::function<void()> step;
  std::thread thread;
};

// Cancelled.
class Cancelled {
public:
  void start() { pthread_create(&thread, nullptr, run, this); }
  ~Cancelled() {
    pthread_cancel(thread);
    pthread_join(thread, nullptr);
  }

private:
  static void *run(void *) {
    for (;;)
      work();
  }
  pthread_t thread;
};

// Meant to run for ever: nobody ends the object, only waits for it.
class Server {
public:
  void start() { thread = std::thread(&Server::run, this); }
  void wait() { thread.join(); }

private:
  void run() {
    for (;;)
      work();
  }
  std::thread thread;
};

int main() {
  std::thread loop([] {
    for (;;)
      work();
  });
  loop.join();
}
