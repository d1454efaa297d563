// An annotation with an unknown verb is told where it stands.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();

[[clang::annotate("leak::jion")]] void finish(std::thread &t);
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: error: {{.*}}jion

[[clang::annotate("someone else's")]] void other(std::thread &t);

void good_unknown_callee() {
  std::thread worker(work);
  finish(worker);
}
