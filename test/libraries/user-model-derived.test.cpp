// An object of a class that derives from a described one.
// RUN: %python %S/Inputs/block.py %repository/docs/models.md yaml 2 > %t.yaml
// RUN: %check_leaks %s leak-unjoined-thread -config="{CheckOptions: {leak-tidy.Models: '%t.yaml'}}"

#include "Inputs/inhouse/threads.h"

void work();

class Special : public inhouse::Thread {};

void badDerived() {
  Special Worker;
  Worker.launch(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}; std::terminate is called [leak-unjoined-thread]
}

void goodDerived() {
  Special Worker;
  Worker.launch(work);
  Worker.waitForExit();
}

void goodDerivedNotStarted() {
  Special Worker;
}
