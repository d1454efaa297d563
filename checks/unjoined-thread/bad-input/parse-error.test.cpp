// What parsed is looked at: class facts are told, paths are not followed.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();

class BadMember {
public:
  BadMember() : worker(work) {}
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable
};

class Incomplete;
class GoodWithUnknownMember {
public:
  GoodWithUnknownMember() : worker(work) {}
  ~GoodWithUnknownMember() { worker.join(); }
private:
  Incomplete unknown;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: error: field has incomplete type 'Incomplete'
  std::thread worker;
};

void good_error_in_body(bool ok) {
  std::thread worker(work);
  if (!undeclared(ok))
    // CHECK-MESSAGES: :[[@LINE-1]]:8: error: use of undeclared identifier 'undeclared'
    return;
  worker.join();
}

void good_join_misspelt() {
  std::thread worker(work);
  worker.jion();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: error: no member named 'jion' in 'std::thread'
}

void good_unfinished() {
  std::thread worker(work);
  if (
  // CHECK-MESSAGES: :[[@LINE+2]]:1: error: expected expression
  // CHECK-MESSAGES: :[[@LINE+1]]:2: error: expected '}'
}
