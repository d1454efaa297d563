// Once a false alarm: a scope guard that joins, in a function that also calls a
// lambda of its own.
// RUN: %check_leaks %s leak-unjoined-thread

#include <functional>
#include <thread>

void work();
bool ready();

class ScopeExit {
public:
  explicit ScopeExit(std::function<void()> &&exit) : exit(std::move(exit)) {}
  ~ScopeExit() { exit(); }
private:
  std::function<void()> exit;
};

void good_guard_and_lambda() {
  std::thread worker(work);
  auto guard = ScopeExit([&] { worker.join(); });
  auto check = [&](int n) { return n > 0 && ready(); };
  if (!check(1))
    return;
  check(2);
}

void bad_lambda_not_reached() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  auto finish = [&] { worker.join(); };
  if (!ready())
    return;
  finish();
}
