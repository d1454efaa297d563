// Methods that are declared, but have no body in the file that defines the rest of
// the class: left over when nothing calls them, at home in another file otherwise.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include "Inputs/left-over.h"

void work();
template <class T> void call_at_exit(void (T::*method)(), T *object);

BadLeftOver::BadLeftOver() {
  worker = new std::thread(&BadLeftOver::run, this);
}
BadLeftOver::~BadLeftOver() {}
void BadLeftOver::run() { work(); }
// CHECK-NOTES: left-over.h:15:16: warning: 'worker' may still be joinable when 'BadLeftOver' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-5]]:3: note: thread started here
// CHECK-NOTES: :[[@LINE-4]]:14: note: the destructor neither joins nor detaches it

GoodLeftOver::GoodLeftOver() {
  worker = new std::thread(&GoodLeftOver::run, this);
}
GoodLeftOver::~GoodLeftOver() {
  worker->join();
  delete worker;
}
void GoodLeftOver::run() { work(); }

GoodCallsIt::GoodCallsIt() {
  worker = new std::thread(&GoodCallsIt::run, this);
}
GoodCallsIt::~GoodCallsIt() { close(); }
void GoodCallsIt::run() { work(); }

GoodNamesIt::GoodNamesIt() {
  worker = new std::thread(&GoodNamesIt::run, this);
  call_at_exit(&GoodNamesIt::close, this);
}
GoodNamesIt::~GoodNamesIt() {}
void GoodNamesIt::run() { work(); }

GoodVirtual::GoodVirtual() {
  worker = new std::thread(&GoodVirtual::run, this);
}
GoodVirtual::~GoodVirtual() {}
void GoodVirtual::run() { work(); }

GoodHalf::GoodHalf() { worker = new std::thread(work); }
GoodHalf::~GoodHalf() {}

GoodConstructorElsewhere::GoodConstructorElsewhere() {
  worker = new std::thread(&GoodConstructorElsewhere::run, this);
}
GoodConstructorElsewhere::~GoodConstructorElsewhere() {}
void GoodConstructorElsewhere::run() { work(); }

GoodStart::GoodStart() : worker(nullptr) {}
GoodStart::~GoodStart() {}
void GoodStart::start() { worker = new std::thread(&GoodStart::run, this); }
void GoodStart::run() { work(); }

BadLeftOverJoins::BadLeftOverJoins() {}
BadLeftOverJoins::~BadLeftOverJoins() { worker.join(); }
void BadLeftOverJoins::start() { worker = std::thread(work); }
// CHECK-NOTES: left-over.h:123:15: warning: 'worker' may never have been started when 'BadLeftOverJoins' is destroyed; the join throws, and std::terminate is called [leak-unjoined-thread]
// CHECK-NOTES: :[[@LINE-2]]:34: note: thread started here
// CHECK-NOTES: :[[@LINE-4]]:41: note: joined here without asking whether it runs

GoodLeftOverDuty::GoodLeftOverDuty() {}
GoodLeftOverDuty::~GoodLeftOverDuty() {}
void GoodLeftOverDuty::start() { worker = std::thread(work); }
void GoodLeftOverDuty::stop() { worker.join(); }

void good_holder() {
  GoodLeftOverDuty duty;
  duty.start();
  duty.setDevice(1);
}
