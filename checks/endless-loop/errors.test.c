// What Clang can't compile, it may drop: silence.
//
// RUN: %check_leaks %s leak-endless-loop

#include <stdio.h>

int next(void *from);

int skips(void *from) {
  unknown_t c = next(from);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: error: use of undeclared identifier 'unknown_t' [clang-diagnostic-error]
  int last = 0, sum = 0;
  do {
    if (c == '_') {
    // CHECK-MESSAGES: :[[@LINE-1]]:9: error: use of undeclared identifier 'c' [clang-diagnostic-error]
      if (last)
        break;
      last = c;
      // CHECK-MESSAGES: :[[@LINE-1]]:14: error: use of undeclared identifier 'c' [clang-diagnostic-error]
      continue;
    }
    last = 0;
    sum += c;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: error: use of undeclared identifier 'c' [clang-diagnostic-error]
  } while ((c = next(from)) >= 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: error: use of undeclared identifier 'c' [clang-diagnostic-error]
  return sum;
}
