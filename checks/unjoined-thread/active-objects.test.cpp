// Objects that run themselves from their constructor on, in a header: nobody can
// make one without its thread, so that its destructor has to join.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include "Inputs/active-objects.h"

// In this file, their users are known, and have to answer.
class GoodInThisFile {
public:
  GoodInThisFile() : worker(&GoodInThisFile::run, this) {}
  void join() { worker.join(); }

private:
  void run() { step(); }
  std::thread worker;
};

void good_in_this_file() {
  GoodInThisFile g;
  g.join();
}


// CHECK-NOTES: active-objects.h:21:15: warning: 'worker' may still be joinable when 'BadNoDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: active-objects.h:16:23: note: thread started here
// CHECK-NOTES: active-objects.h:14:7: note: 'BadNoDestructor' has no destructor that joins it
// CHECK-NOTES: active-objects.h:17:17: note: released here, which the destructor doesn't reach

// CHECK-NOTES: active-objects.h:53:15: warning: 'worker' may still be joinable when 'BadEmptyDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: active-objects.h:40:26: note: thread started here
// CHECK-NOTES: active-objects.h:41:3: note: the destructor neither joins nor detaches it
// CHECK-NOTES: active-objects.h:44:5: note: released here, which the destructor doesn't reach

// CHECK-NOTES: active-objects.h:65:15: warning: 'worker' may still be joinable when 'BadDefaultedDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: active-objects.h:63:17: note: thread started here
// CHECK-NOTES: active-objects.h:56:7: note: 'BadDefaultedDestructor' has no destructor that joins it
// CHECK-NOTES: active-objects.h:60:17: note: released here, which the destructor doesn't reach

// CHECK-NOTES: active-objects.h:81:28: warning: 'pool' may still hold joinable threads when 'BadMany' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: active-objects.h:72:7: note: thread started here
// CHECK-NOTES: active-objects.h:68:7: note: 'BadMany' has no destructor that joins it
// CHECK-NOTES: active-objects.h:76:7: note: released here, which the destructor doesn't reach

// CHECK-NOTES: active-objects.h:108:15: warning: 'worker' may still be joinable when 'BadProtected' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: active-objects.h:103:20: note: thread started here
// CHECK-NOTES: active-objects.h:104:3: note: the destructor neither joins nor detaches it
