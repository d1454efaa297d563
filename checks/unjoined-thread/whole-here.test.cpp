// Protected members of classes in a header, all of whose methods are here.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include "Inputs/whole-here.h"

void work();

BadProtected::~BadProtected() { work(); }
void BadProtected::start() { worker = std::thread(work); }

void BadProtectedNoDestructor::start() { worker = new std::thread(work); }

GoodAbstract::~GoodAbstract() {}
void GoodAbstract::start() { worker = std::thread(&GoodAbstract::run, this); }

GoodDerivedFrom::~GoodDerivedFrom() {}
void GoodDerivedFrom::start() { worker = std::thread(work); }
class Derived : public GoodDerivedFrom {
public:
  void again() { start(); }
};

void use(GoodInlineOnly &g) { g.start(); }

void GoodStop::start() { worker = std::thread(work); }
void GoodStop::stop() { worker.join(); }

void GoodPublic::start() { worker = std::thread(work); }

// CHECK-NOTES: whole-here.h:10:15: warning: 'worker' may still be joinable when 'BadProtected' is destroyed; std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: whole-here.test.cpp:10:30: note: thread started here
// CHECK-NOTES: whole-here.test.cpp:9:15: note: the destructor neither joins nor detaches it

// CHECK-NOTES: whole-here.h:19:16: warning: 'worker' may still be joinable when 'BadProtectedNoDestructor' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
// CHECK-NOTES: whole-here.test.cpp:12:42: note: thread started here
// CHECK-NOTES: whole-here.h:13:7: note: 'BadProtectedNoDestructor' has no destructor that joins it
