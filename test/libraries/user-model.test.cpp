// A library of the user's own, described by the example in docs/models.md.
//
// RUN: %python %S/Inputs/block.py %repository/docs/models.md yaml 2 > %t.yaml
// RUN: %build/bin/leak-models verify %t.yaml -- -I%S/Inputs | %FileCheck %s --check-prefix=VERIFY
// VERIFY: {{^}}12 names in 1 file resolve{{$}}
// A misspelt method, as the same page shows it:
// RUN: mkdir -p %t.dir/tools
// RUN: sed s/waitForExit/waitforExit/ %t.yaml > %t.dir/tools/our-threads.yaml
// RUN: cd %t.dir && %not %build/bin/leak-models verify tools/our-threads.yaml -- -I%S/Inputs > %t.out 2>&1
// RUN: %python %S/Inputs/block.py %repository/docs/models.md console 1 > %t.shown
// RUN: sed 1d %t.shown | cmp - %t.out
//
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-tidy.Models: '%t.yaml'}}" --host=tidy,leak-tidy
//
// Without the option there is nothing to say:
// RUN: %clang_tidy --quiet -checks=-*,leak-unjoined-thread %s -- -std=c++20 | %FileCheck %s --allow-empty --check-prefix=WITHOUT
// WITHOUT-NOT: warning:

#include "Inputs/inhouse/threads.h"

void work();

void badStarted(bool Ready) {
  inhouse::Thread Worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.waitForExit();
}

void goodStarted(bool Ready) {
  inhouse::Thread Worker(work);
  if (Ready)
    Worker.waitForExit();
  else
    Worker.abandon();
}

void goodNeverStarted() { inhouse::Thread Worker; }

void badLaunched() {
  inhouse::Thread Worker;
  Worker.launch(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void goodAsked() {
  inhouse::Thread Worker;
  Worker.launch(work);
  if (Worker.isRunning())
    Worker.waitForExit();
}

void badTwice() {
  inhouse::Thread Worker(work, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: {{.*}} is joined after it was joined; an exception is thrown [leak-unjoined-thread]
  Worker.waitForExit();
  Worker.waitForExit();
}

// `like`

void badNamed(bool Ready) {
  inhouse::NamedThread Worker(work, "worker");
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.waitForExit();
}

void goodNamed() {
  inhouse::NamedThread Worker(work, "worker");
  Worker.name();
  Worker.waitForExit();
}

// A function with the verb `join`, and one that isn't described

void goodReaped() {
  inhouse::Thread Worker(work);
  inhouse::reap(Worker);
}

void goodUnknown() {
  inhouse::Thread Worker(work);
  inhouse::inspect(Worker);
}

// A class that derives from a described one, and one that holds it

class Special : public inhouse::Thread {};

void goodDerived() {
  Special Worker;
  Worker.launch(work);
  Worker.waitForExit();
}

class BadMember {
  inhouse::Thread Worker{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.waitForExit(); }

private:
  inhouse::Thread Worker{work};
};

// C functions

int goodC() {
  ih_thread_t Worker;
  if (ih_thread_create(&Worker, work) != 0)
    return -1;
  return ih_thread_wait(Worker);
}
