// Exits inside macros, such as those of tests' assertions, can be left out. What
// also leaves by a way that is written out stays.
// RUN: %check_leaks %s leak-unjoined-thread -check-suffixes=,MACRO
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-unjoined-thread.WarnOnMacroExits: 'true'}}" -check-suffixes=,MACRO
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-unjoined-thread.WarnOnMacroExits: 'false'}}"

#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

void work();
bool ready();
int count();

#define ASSERT(condition)                                                      \
  do {                                                                         \
    if (!(condition)) {                                                        \
      std::puts(#condition);                                                   \
      return;                                                                  \
    }                                                                          \
  } while (0)
#define ASSERT_MORE(n) ASSERT(count() > (n))
#define CHECK_RETURN(expression)                                               \
  if (int error = (expression))                                                \
  return error
#define WHEN(condition, statement)                                             \
  if (condition) {                                                             \
    statement;                                                                 \
  }
#define THROW_UNLESS(condition)                                                \
  if (!(condition))                                                            \
  throw 1

void macro_assertion() {
  std::thread worker(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  ASSERT(ready());
  worker.join();
}

void good_assertion() {
  std::thread worker(work);
  bool ok = ready();
  worker.join();
  ASSERT(ok);
}

void bad_written_out() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (!ready())
    return;
  worker.join();
}

void bad_both() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  ASSERT(ready());
  if (count() > 1)
    return;
  worker.join();
}

void bad_both_in_other_order() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (count() > 1)
    return;
  ASSERT(ready());
  worker.join();
}

void macro_twice() {
  std::thread worker(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  ASSERT(ready());
  ASSERT(count() > 1);
  worker.join();
}

void macro_in_macro() {
  std::thread worker(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  ASSERT_MORE(1);
  worker.join();
}

int macro_with_value() {
  std::thread worker(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  CHECK_RETURN(count());
  worker.join();
  return 0;
}

// The return is the author's, the macro is only around it.
void bad_return_in_argument() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  WHEN(!ready(), return);
  worker.join();
}

void good_return_in_argument() {
  std::thread worker(work);
  WHEN(!ready(), worker.join(); return);
  worker.join();
}

// Not joined at all: the end of the function is no macro.
void bad_never_joined() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  ASSERT(ready());
}

void macro_vector() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  ASSERT(ready());
  for (auto &t : pool)
    t.join();
}

void macro_unique_ptr() {
  auto worker = std::make_unique<std::thread>(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:17: warning: the thread is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  ASSERT(ready());
  worker->join();
}

// Members have no exits.
class BadMember {
public:
  BadMember() : worker(work) { ASSERT(ready()); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

void macro_throw() {
  std::thread worker(work);
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope; std::terminate is called [leak-unjoined-thread]
  THROW_UNLESS(ready());
  worker.join();
}

void bad_throw_written_out() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope
  if (!ready())
    throw 1;
  worker.join();
}
