// Threads and fibers of Boost; tasks of oneTBB and futures carry what is thrown.
//
// REQUIRES: package-libboost-all-dev, package-libtbb-dev
// RUN: %check_leaks %s leak-thread-exception-escape -- -std=c++20

#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future/async.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/thread.hpp>
#include <oneapi/tbb/task_group.h>
#include <stdexcept>
bool ready();
void receive() { if (!ready()) throw std::runtime_error("lost"); }
void badThread() {
  boost::thread t([] { receive(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}
void badFiber() {
  boost::fibers::fiber f([] { receive(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  f.join();
}
void badFiberByName() {
  boost::fibers::fiber f(receive);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'runtime_error' can leave 'receive', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  f.join();
}
void badScoped() {
  boost::scoped_thread<> t(boost::thread{[] { receive(); }});
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
}
void goodFiberFuture() {
  auto f = boost::fibers::async([] { receive(); });
  f.get();
}
void goodGroup() {
  oneapi::tbb::task_group g;
  g.run([] { receive(); });
  g.wait();
}
void goodBoostAsync() {
  auto f = boost::async(boost::launch::async, [] { receive(); });
  f.get();
}
void goodCaught() {
  boost::thread t([] { try { receive(); } catch (const std::exception &) {} });
  t.join();
}
