// utils/check_leaks.py itself: no test may pass by accident.

// RUN: %check_leaks %s leak-unjoined-thread -check-suffixes=GOOD -std=c++17,c++20 --host=tidy,leak-tidy,analyzer
// RUN: %check_leaks %s leak-* -check-suffixes=GOOD

// RUN: %not %check_leaks %s leak-unjoined-thread > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=NONE
// NONE: the file expects no message; if that is meant, say --silent

// RUN: %not %check_leaks %s leak-unjoined-thread --silent > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=NOT-SILENT
// NOT-SILENT: nothing is to be reported, but this is:
// NOT-SILENT-NEXT: check-leaks.test.cpp:[[# @LINE+38]]:{{[0-9]+}}: warning: 'worker'

// RUN: %not %check_leaks %s leak-unjoined-thread --silent -check-suffixes=GOOD > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=BOTH
// BOTH: --silent, but the file expects something

// RUN: %not %check_leaks %s leak-no-such --silent > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=UNKNOWN
// RUN: %not %check_leaks %s leak-no-such --silent --host=analyzer > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=UNKNOWN-ANALYZER
// UNKNOWN: the check was not run
// UNKNOWN-ANALYZER: no analyzer checkers or packages are associated with 'leak.NoSuch'

// RUN: %not %check_leaks %s leak-unjoined-thread -check-suffixes=WRONG > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=DIFFERS
// DIFFERS: CHECK-MESSAGES-WRONG: expected string not found in input

// RUN: %not %check_leaks %s leak-unjoined-thread -check-suffixes=PART > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=INCOMPLETE
// INCOMPLETE: excluded string found in input

// RUN: %not %check_leaks %s leak-unjoined-thread --silent -- -DBROKEN > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=BROKEN
// BROKEN: error: unknown type name 'broken'

// RUN: %not %check_leaks %s leak-unjoined-thread -check-suffixes=FIX > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=NO-FIX
// NO-FIX: CHECK-FIXES-FIX: expected string not found in input

#include <thread>

#ifdef BROKEN
broken code;
#endif

void work();

void first(bool b) {
  std::thread worker(work);
  // CHECK-MESSAGES-GOOD: :[[@LINE-1]]:{{[0-9]+}}: warning: 'worker' is still joinable
  // CHECK-MESSAGES-WRONG: :[[@LINE-2]]:{{[0-9]+}}: warning: 'walker' is still joinable
  // CHECK-MESSAGES-PART: :[[@LINE-3]]:{{[0-9]+}}: warning: 'worker' is still joinable
  // CHECK-MESSAGES-FIX: :[[@LINE-4]]:{{[0-9]+}}: warning: 'worker' is still joinable
  // CHECK-FIXES-FIX: this is not in the file after the fix
  if (b)
    return;
  worker.join();
}

void second(bool b) {
  std::thread helper(work);
  // CHECK-MESSAGES-GOOD: :[[@LINE-1]]:{{[0-9]+}}: warning: 'helper' is still joinable
  // CHECK-MESSAGES-WRONG: :[[@LINE-2]]:{{[0-9]+}}: warning: 'helper' is still joinable
  // CHECK-MESSAGES-FIX: :[[@LINE-3]]:{{[0-9]+}}: warning: 'helper' is still joinable
  if (b)
    return;
  helper.join();
}
