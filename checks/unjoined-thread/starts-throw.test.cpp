// With AssumeStartsThrow, a start that fails is an exception like any other.
// RUN: %check_leaks %s leak-unjoined-thread --silent
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-unjoined-thread.AssumeStartsThrow: 'true'}}" -check-suffix=ASSUMED

#include <thread>
#include <vector>

void work();

class Pool {
public:
  explicit Pool(int n) {
    for (int i = 0; i < n; ++i)
      pool.emplace_back(work);
      // CHECK-MESSAGES-ASSUMED: :[[@LINE-1]]:7: warning: 'pool' still holds joinable threads when an exception leaves this constructor; std::terminate is called [leak-unjoined-thread]
  }
  ~Pool() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

class GoodPool {
public:
  explicit GoodPool(int n) {
    try {
      for (int i = 0; i < n; ++i)
        pool.emplace_back(work);
    } catch (...) {
      for (auto &t : pool)
        t.join();
      throw;
    }
  }
  ~GoodPool() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

void two() {
  std::thread first(work);
  // CHECK-MESSAGES-ASSUMED: :[[@LINE-1]]:15: warning: 'first' is still joinable when an exception leaves this scope; std::terminate is called [leak-unjoined-thread]
  std::thread second(work);
  first.join();
  second.join();
}

void good_one() {
  std::thread first(work);
  first.join();
}

void good_one_after_the_other() {
  std::thread first(work);
  first.join();
  std::thread second(work);
  second.join();
}

void good_jthreads() {
  std::jthread first(work);
  std::jthread second(work);
}
