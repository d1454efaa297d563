// Recursion, deep nesting of lambdas and of templates.
// RUN: %check_leaks %s leak-unjoined-thread

#include <functional>
#include <thread>

void work();
bool ready();

void bad_recursive(int n) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
  if (n == 0)
    return;
  bad_recursive(n - 1);
  worker.join();
}

void good_recursive(int n) {
  std::thread worker(work);
  if (n > 0)
    good_recursive(n - 1);
  worker.join();
}

void even(int, std::thread &);
void odd(int n, std::thread &t) { n ? even(n - 1, t) : t.join(); }
void even(int n, std::thread &t) { n ? odd(n - 1, t) : t.join(); }

void good_mutual(int n) {
  std::thread worker(work);
  even(n, worker);
}

class GoodRecursiveStop {
public:
  GoodRecursiveStop() : worker(work) {}
  ~GoodRecursiveStop() { stop(3); }
private:
  void stop(int n) { n ? again(n - 1) : worker.join(); }
  void again(int n) { stop(n); }
  std::thread worker;
};

class BadRecursiveStop {
public:
  BadRecursiveStop() : worker(work) {}
  ~BadRecursiveStop() { stop(3); }
private:
  void stop(int n) { if (n) again(n - 1); }
  void again(int n) { stop(n); }
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable
};

void good_nested_lambdas() {
  std::thread worker(work);
  auto join = [&] { return [&] { return [&] { return [&] { return [&] {
    worker.join(); }; }; }; }; };
  join()()()()();
}

void bad_nested_lambdas() {
  auto run = [] { return [] { return [] { return [] {
    std::thread worker(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable
  }; }; }; };
  run()()()();
}

template <int N> struct Deep {
  static void good_join(std::thread &t) { Deep<N - 1>::good_join(t); }
  static void bad_look(std::thread &t) { Deep<N - 1>::bad_look(t); }
};
template <> struct Deep<0> {
  static void good_join(std::thread &t) { t.join(); }
  static void bad_look(std::thread &) {}
};

void good_deep_template() {
  std::thread worker(work);
  Deep<200>::good_join(worker);
}

void bad_deep_template() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
  Deep<200>::bad_look(worker);
}
