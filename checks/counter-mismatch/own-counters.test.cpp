// Counters whose names don't tell, known by what their methods wait for.
//
// RUN: %check_leaks %s leak-counter-mismatch -- -std=c++17

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

class Pending {
public:
  void more(int n) {
    std::lock_guard<std::mutex> guard(m);
    left += n;
  }
  void less() {
    std::lock_guard<std::mutex> guard(m);
    if (--left == 0)
      cv.notify_all();
  }
  void untilNone() {
    std::unique_lock<std::mutex> guard(m);
    cv.wait(guard, [this] { return left == 0; });
  }

private:
  int left = 0;
  std::mutex m;
  std::condition_variable cv;
};

struct Pool {
  void submit(std::function<void()>);
};
bool ready(int);

void bad_loop(Pool &pool, const std::vector<int> &items) {
  Pending pending;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'pending' is not counted down on every path as often as it was counted up; whoever waits for it waits for ever
  pending.more(items.size());
  for (int item : items) {
    if (!ready(item))
      continue;
    pool.submit([&pending] { pending.less(); });
  }
  pending.untilNone();
}

void good_loop(Pool &pool, const std::vector<int> &items) {
  Pending pending;
  pending.more(items.size());
  for (int item : items) {
    if (!ready(item)) {
      pending.less();
      continue;
    }
    pool.submit([&pending] { pending.less(); });
  }
  pending.untilNone();
}
