// utils/check_roles.py itself: no test may pass by accident.

// RUN: %check_roles %s
// RUN: %check_roles %s -std=c++11,c++17 -std=c++20 -- -DOTHER
// RUN: %not %check_roles %s -- -DMISSING > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=MISSING
// MISSING: check-roles.test.cpp: the roles differ
// MISSING-NEXT: line [[# @LINE+60]]: worker.JOIN(); //
// MISSING-NEXT:   expected: std::thread join
// MISSING-NEXT:   found:    nothing
// MISSING-EMPTY:

// RUN: %not %check_roles %s -std=c++17,c++14 -- -DSURPLUS > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=SURPLUS
// SURPLUS: check-roles.test.cpp, c++17: the roles differ
// SURPLUS-NEXT: line [[# @LINE+53]]: other.SURE;
// SURPLUS-NEXT:   expected: nothing
// SURPLUS-NEXT:   found:    std::thread join
// SURPLUS-NEXT: check-roles.test.cpp, c++14: the roles differ

// RUN: %not %check_roles %s -- -DDIFFERENT > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=DIFFERENT
// DIFFERENT: line [[# @LINE+45]]: worker.JOIN(); //
// DIFFERENT-NEXT:   expected: std::thread join
// DIFFERENT-NEXT:   found:    std::thread detach

// RUN: %not %check_roles %s -- -DBROKEN > %t 2>&1
// RUN: %FileCheck %s -input-file=%t --check-prefix=BROKEN
// BROKEN: exit status 1 of {{.*}} -DBROKEN
// BROKEN: error: unknown type name 'broken'

// RUN: echo 'int i; // ROLE: std::thread' > %t.cpp
// RUN: %not %check_roles %t.cpp 2>&1 | %FileCheck %s --check-prefix=FORM
// FORM: line 1: 'std::thread' is no role; write it as in // ROLE: std::latch wait, std::thread join
// RUN: echo 'int i;' > %t.cpp
// RUN: %not %check_roles %t.cpp 2>&1 | %FileCheck %s --check-prefix=NONE
// NONE: there is no ROLE comment; if that is meant, say --silent
// RUN: %check_roles %t.cpp --silent
// RUN: %not %check_roles %s --silent 2>&1 | %FileCheck %s --check-prefix=SILENT
// SILENT: --silent, but the file has ROLE comments
// RUN: echo '  // ROLE: std::thread join' > %t.cpp
// RUN: %not %check_roles %t.cpp 2>&1 | %FileCheck %s --check-prefix=ALONE
// ALONE: line 1: a ROLE comment stands behind its code

#include <mutex>
#include <thread>

#ifdef BROKEN
broken code;
#endif
#if defined(MISSING)
#define JOIN get_id
#elif defined(DIFFERENT)
#define JOIN detach
#else
#define JOIN join
#endif
#ifdef SURPLUS
#define SURE join()
#else
#define SURE get_id()
#endif

void work();

void roles(std::mutex &mutex, std::thread &other) {
  std::thread worker(work); // ROLE: std::thread start
  worker.JOIN();            // ROLE: std::thread join
  other.SURE;
  // Twice the same counts once, in any order.
  mutex.lock(), other.detach(), mutex.lock(); // ROLE: std::thread detach, std::mutex acquire
}
