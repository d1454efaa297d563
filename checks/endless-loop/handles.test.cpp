// Threads that run a loop without an end, by the handles that join them.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++20

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

int sample();
void work();

// What the standard library asserts ends no thread.
class Sampler {
public:
  Sampler() { thread = std::make_unique<std::thread>(&Sampler::run, this); }
  ~Sampler() {
    if (thread)
      thread->join();
  }

private:
  void run() {
    while (true) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing leaves this loop; 'thread', which runs it, is joined by '~Sampler', which never returns [leak-endless-loop]
      last = sample();
      values[0] = last;
    }
  }
  std::unique_ptr<std::thread> thread;
  std::atomic<int> last{0};
  std::vector<int> values{1};
};

// The handle itself joins.
class Ticker {
public:
  Ticker()
      : thread([] {
          while (true)
            // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: nothing leaves this loop; 'thread', which runs it, is joined when it is destroyed, which never comes to its end [leak-endless-loop]
            work();
        }) {}

private:
  std::jthread thread;
};

class Stopped {
public:
  Stopped()
      : thread([](std::stop_token token) {
          while (!token.stop_requested())
            work();
        }),
        other([](std::stop_token token) {
          while (true) {
            if (token.stop_requested())
              break;
            work();
          }
        }) {}

private:
  std::jthread thread, other;
};

// It goes on without its object.
class Detached {
public:
  Detached()
      : thread([] {
          while (true)
            work();
        }) {
    thread.detach();
  }

private:
  std::jthread thread;
};
