// Guards and threads of Boost and oneTBB.
//
// REQUIRES: package-libboost-all-dev, package-libtbb-dev
// RUN: %check_leaks %s leak-discarded-handle -- -std=c++20

#include <boost/fiber/future/async.hpp>
#include <boost/fiber/mutex.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/lock_guard.hpp>
#include <boost/thread/mutex.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/thread.hpp>
#include <mutex>
#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/task_group.h>
void work();
boost::mutex m; boost::fibers::mutex fm; oneapi::tbb::mutex tm; int shared;
void badGuard() {
  boost::lock_guard<boost::mutex>{m};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'lock_guard' ends on the line on which it begins: what follows is done without the lock [leak-discarded-handle]
  ++shared;
}
void badFiberGuard() {
  std::unique_lock<boost::fibers::mutex>{fm};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'unique_lock' ends on the line on which it begins: what follows is done without the lock [leak-discarded-handle]
  ++shared;
}
void badVexing() {
  boost::unique_lock<boost::mutex>(m);
  // CHECK-MESSAGES: :[[@LINE-1]]:36: warning: this declares a variable 'm' that locks nothing, in place of a lock of 'm' [leak-discarded-handle]
  ++shared;
}
void badScopedLock() {
  boost::mutex::scoped_lock{m};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'unique_lock' ends on the line on which it begins: what follows is done without the lock [leak-discarded-handle]
  ++shared;
}
void badTbb() {
  oneapi::tbb::mutex::scoped_lock{tm};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'unique_scoped_lock' ends on the line on which it begins: what follows is done without the lock [leak-discarded-handle]
  ++shared;
}
void badScoped() {
  boost::scoped_thread<>{boost::thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this 'scoped_thread' ends on the line on which it begins, and waits right here for what it has started [leak-discarded-handle]
  work();
}
void goodAsync() {
  auto f = boost::async(boost::launch::async, work);
  f.get();
}
void goodFiberAsync() {
  boost::fibers::async(work).get();
}
void goodGuard() {
  boost::lock_guard<boost::mutex> lock(m);
  ++shared;
}
void goodTbb() {
  oneapi::tbb::mutex::scoped_lock lock(tm);
  ++shared;
}
void goodFiberDropped() {
  boost::fibers::async(work);
  work();
}
