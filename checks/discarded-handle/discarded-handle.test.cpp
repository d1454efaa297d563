// What ends on the line on which it begins.
//
// RUN: %check_leaks %s leak-discarded-handle -std=c++20

#include <chrono>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <stop_token>
#include <thread>
#include <vector>

void work();
void more();
int compute(int);

struct Account {
  std::mutex m;
  std::shared_mutex s;
  int balance = 0;
  void temporaries();
  void vexing();
  void shared();
};

// Futures

void dropped() {
  std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future that 'async' returns is dropped, and its destructor waits right here for what was started: nothing runs beside it [leak-discarded-handle]
  // CHECK-FIXES: auto future = std::async(std::launch::async, work);
  more();
}

void cast() {
  (void)std::async(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the future that 'async' returns is dropped
  static_cast<void>(std::async(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the future that 'async' returns is dropped
  more();
}

void inEachTurn(const std::vector<int> &items) {
  for (int item : items)
    std::async(std::launch::async, compute, item);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the future that 'async' returns is dropped
}

void afterComma() {
  more(), std::async(std::launch::async, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the future that 'async' returns is dropped
}

void ofEither(bool fast) {
  fast ? std::async(std::launch::async, work) : std::async(std::launch::async, more);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the future that 'async' returns is dropped
  // CHECK-MESSAGES: :[[@LINE-2]]:49: warning: the future that 'async' returns is dropped
}

void deferred() {
  std::async(std::launch::deferred, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future that 'async' returns is dropped, and what is deferred to its use never runs [leak-discarded-handle]
}

std::future<int> begin(int n) {
  return std::async(std::launch::async, compute, n);
}

void throughHelper() {
  begin(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the future that 'begin' returns is dropped
  more();
}

void overwritten(int n) {
  std::future<int> last;
  for (int i = 0; i != n; ++i)
    last = std::async(std::launch::async, compute, i);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'last' is overwritten in each turn of the loop, which waits for what the turn before started: the turns run one after the other [leak-discarded-handle]
  last.get();
}

void endsWithTheTurn(int n) {
  for (int i = 0; i != n; ++i) {
    more();
    auto each = std::async(std::launch::async, compute, i);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'each' ends with each turn of the loop, and waits for what was started in it: the turns run one after the other [leak-discarded-handle]
  }
}

// Threads

void thread() {
  std::jthread([](std::stop_token stop) {
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'jthread' ends on the line on which it begins: what it has started is asked to stop at once, and waited for [leak-discarded-handle]
    while (!stop.stop_requested())
      work();
  });
  more();
}

void braces() {
  std::jthread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'jthread' ends on the line on which it begins
  // CHECK-FIXES: std::jthread task{work};
  more();
}

// Locks

void Account::temporaries() {
  std::lock_guard<std::mutex>{m};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'lock_guard' ends on the line on which it begins: what follows is done without the lock [leak-discarded-handle]
  // CHECK-FIXES: std::lock_guard<std::mutex> lock{m};
  ++balance;
}

void deposit(Account &account, int lock) {
  std::unique_lock<std::mutex>(account.m);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'unique_lock' ends on the line on which it begins
  // CHECK-FIXES: std::unique_lock<std::mutex> lock2(account.m);
  account.balance += lock;
}

void deduced(Account &account) {
  std::scoped_lock(account.m, account.s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'scoped_lock' ends on the line on which it begins
  // CHECK-FIXES: std::scoped_lock lock(account.m, account.s);
  account.balance = 0;
}

void adopted(Account &a, Account &b) {
  std::lock(a.m, b.m);
  std::lock_guard<std::mutex>(a.m, std::adopt_lock);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'lock_guard' ends on the line on which it begins
  // CHECK-FIXES: std::lock_guard<std::mutex> lock2(a.m, std::adopt_lock);
  std::lock_guard<std::mutex> other(b.m, std::adopt_lock);
  std::swap(a.balance, b.balance);
}

void Account::vexing() {
  std::unique_lock<std::mutex>(m);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: this declares a variable 'm' that locks nothing, in place of a lock of 'm' [leak-discarded-handle]
  // CHECK-FIXES: std::unique_lock<std::mutex> lock(m);
  ++balance;
}

void Account::shared() {
  std::shared_lock<std::shared_mutex> (s);
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: this declares a variable 's' that locks nothing
  // CHECK-FIXES: std::shared_lock<std::shared_mutex> lock(s);
  more();
}

// Registrations

void registers(std::stop_token stop) {
  std::stop_callback(stop, [] { work(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'stop_callback' ends on the line on which it begins, and with it the registration: nothing is called when the stop comes [leak-discarded-handle]
  // CHECK-FIXES: std::stop_callback callback(stop, [] { work(); });
  more();
}
