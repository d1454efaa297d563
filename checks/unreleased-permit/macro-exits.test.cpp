// Exits inside of macros only: a class of their own.
//
// RUN: %check_leaks %s leak-unreleased-permit -check-suffixes=,MACRO
// RUN: %check_leaks %s leak-unreleased-permit -config="{CheckOptions: {leak-unreleased-permit.WarnOnMacroExits: 'false'}}"

#include <mutex>

std::mutex m;
int next();

#define EXPECT_OR_RETURN(x)                                                    \
  if (!(x))                                                                    \
  return

void bad_assertion() {
  m.lock();
  // CHECK-MESSAGES-MACRO: :[[@LINE-1]]:3: warning: 'm' is not released on every path
  EXPECT_OR_RETURN(next() == 3);
  m.unlock();
}

void bad_both() {
  m.lock();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'm' is not released on every path
  EXPECT_OR_RETURN(next() == 3);
  if (next())
    return;
  m.unlock();
}
