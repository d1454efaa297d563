// The join of a destructor depends on a flag, in classes from which those of other
// files may be derived.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include "Inputs/protected-flag.h"

// CHECK-NOTES: protected-flag.h:18:15: warning: 'worker' may still be joinable when 'BadProtectedFlag' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: protected-flag.h:9:39: note: thread started here
// CHECK-NOTES: protected-flag.h:11:9: note: released only when 'running' is true
// CHECK-NOTES: protected-flag.h:16:16: note: the thread itself makes 'running' false here, and is not released then
