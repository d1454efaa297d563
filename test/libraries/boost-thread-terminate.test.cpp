// Boost.Thread's handles from version 3 on, where the destructor of a
// boost::thread that is joinable calls std::terminate; from the real headers.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_roles %s -- -std=c++17 -DBOOST_THREAD_VERSION=4
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20 -- -DBOOST_THREAD_VERSION=4
// RUN: %check_leaks %s leak-unjoined-thread -- -DBOOST_THREAD_VERSION=3
// RUN: %check_leaks %s leak-unjoined-thread -- -DBOOST_THREAD_PROVIDES_THREAD_DESTRUCTOR_CALLS_TERMINATE_IF_JOINABLE

// clang-format off

#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/thread.hpp>

#include <vector>

void work();

void badThread(bool Ready) {
  boost::thread Worker(work); // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (!Ready)
    return;
  Worker.join(); // ROLE: boost::thread join
}

void goodThread(bool Ready) {
  boost::thread Worker(work); // ROLE: boost::thread start
  if (Ready)
    Worker.join(); // ROLE: boost::thread join
  else
    Worker.detach(); // ROLE: boost::thread detach
}

void badThreadAssigned() {
  boost::thread Worker(work); // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it is assigned to on this path; std::terminate is called [leak-unjoined-thread]
  Worker = boost::thread(work); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
}

void goodThreadJoinedTwice() {
  boost::thread Worker(work); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
  Worker.join(); // ROLE: boost::thread join
}

class BadMember {
  boost::thread Worker{work}; // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.join(); } // ROLE: boost::thread join

private:
  boost::thread Worker{work}; // ROLE: boost::thread start
};

void goodScoped() {
  boost::scoped_thread<> Worker(work); // ROLE: boost::scoped_thread start
}

void goodGroup() {
  boost::thread_group Group;
  Group.add_thread(new boost::thread(work)); // ROLE: boost::thread_group insert, boost::thread start
  Group.create_thread(work); // ROLE: boost::thread_group start
  Group.join_all(); // ROLE: boost::thread_group join
}

void badGroup() {
  boost::thread_group Group;
  Group.create_thread(work); // ROLE: boost::thread_group start
}

void goodMany() {
  std::vector<boost::thread> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work); // ROLE: std::vector insert
  for (boost::thread &Worker : Workers)
    Worker.join(); // ROLE: boost::thread join
}
