// Once missed: an optional constructed with a thread; reset; nullopt. (emplace is found.)
// RUN: %check_leaks %s leak-unjoined-thread

#include <optional>
#include <thread>

void work();
bool ready();
using namespace std;

void bad_optional() {
  optional<thread> worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
}

void bad_optional_reset() {
  optional<thread> worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  worker.reset();
}

void bad_optional_nullopt() {
  optional<thread> worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  worker = nullopt;
}
