// Without the header there is no thread to speak of.
// RUN: %check_leaks %s leak-unjoined-thread

#include "no-such-header.h"
// CHECK-MESSAGES: :[[@LINE-1]]:10: error: 'no-such-header.h' file not found

void work();

void good_unknown_type() {
  std::thread worker(work);
}
