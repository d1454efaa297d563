// An unknown option of the check, and a value that is no yes or no, are errors,
// and not passed over in silence.
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-unjoined-thread.NoSuch: 'true'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=CHECK-OPTION %s
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-unjoined-thread.AssumeUnknownCallsThrow: 'perhaps'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=VALUE %s
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-unjoined-thread.WarnOnMacroExits: 'perhaps'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=MACROS %s

#include <thread>

void work();

void good() {
  std::thread worker(work);
  worker.join();
}

// CHECK-OPTION: error: unknown option 'leak-unjoined-thread.NoSuch'
// VALUE: error: the option 'leak-unjoined-thread.AssumeUnknownCallsThrow' wants
// MACROS: error: the option 'leak-unjoined-thread.WarnOnMacroExits' wants
