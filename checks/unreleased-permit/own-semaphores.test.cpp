// Semaphores of the project's own, known by what their methods wait for.
//
// RUN: %check_leaks %s leak-unreleased-permit -- -std=c++17

#include <condition_variable>
#include <mutex>

class Slots {
public:
  explicit Slots(int n) : free(n) {}
  void enter() {
    std::unique_lock<std::mutex> guard(m);
    cv.wait(guard, [this] { return free > 0; });
    --free;
  }
  void leave() {
    std::lock_guard<std::mutex> guard(m);
    ++free;
    cv.notify_one();
  }

private:
  int free;
  std::mutex m;
  std::condition_variable cv;
};

bool work(int);

bool bad_return(Slots &slots, int n) {
  slots.enter();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}}'slots'
  if (!work(n))
    return false;
  work(n + 1);
  slots.leave();
  return true;
}

bool good_return(Slots &slots, int n) {
  slots.enter();
  if (!work(n)) {
    slots.leave();
    return false;
  }
  work(n + 1);
  slots.leave();
  return true;
}
