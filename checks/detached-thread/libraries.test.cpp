// Threads and fibers of Boost.
//
// REQUIRES: package-libboost-all-dev, package-libtbb-dev
// RUN: %check_leaks %s leak-detached-thread -- -std=c++20

#include <boost/fiber/fiber.hpp>
#include <boost/thread/thread.hpp>
#include <boost/bind/bind.hpp>
#include <oneapi/tbb/task_group.h>
#include <string>
void serve(int, const std::string &);
std::string peer(int);
void badThread(int c) {
  std::string name = peer(c);
  boost::thread t([&name, c] { serve(c, name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this detached thread refers to the local variable 'name' of 'badThread', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
  t.detach();
}
void badTemporary(int c) {
  std::string name = peer(c);
  boost::thread([&name, c] { serve(c, name); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'name' of 'badTemporary', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
}
void badBind(int c) {
  std::string name = peer(c);
  boost::thread(boost::bind(&serve, c, boost::ref(name))).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'name' of 'badBind', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
}
void badFiber(int c) {
  std::string name = peer(c);
  boost::fibers::fiber([&name, c] { serve(c, name); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'name' of 'badFiber', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
}
void goodValue(int c) {
  std::string name = peer(c);
  boost::thread([name, c] { serve(c, name); }).detach();
}
void goodJoined(int c) {
  std::string name = peer(c);
  boost::thread t([&name, c] { serve(c, name); });
  t.join();
}
void goodGroup(int c) {
  std::string name = peer(c);
  oneapi::tbb::task_group g;
  g.run([&name, c] { serve(c, name); });
  g.wait();
}
