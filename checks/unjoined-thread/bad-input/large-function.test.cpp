// A function of 5,000 lines ends in time, and what lies next to it is found.
// RUN: %python -c "print('#include <thread>\nvoid work(); bool ready(); int n;\nvoid large() {\n  std::thread worker(work);'); [print('  if (ready())\n    n += %d;' % i) for i in range(2500)]; print('  worker.join();\n}\nvoid small() {\n  std::thread worker(work);\n}')" > %t.cpp
// RUN: %clang_tidy -checks=-*,leak-unjoined-thread %t.cpp -- -std=c++20 | %FileCheck %s

// CHECK-NOT: warning:
// CHECK: :5008:15: warning: 'worker' is still joinable
// CHECK-NOT: warning:
