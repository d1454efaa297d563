// Boost.Thread's handles as they are by default (version 2), where the
// destructor of a boost::thread detaches; from the real headers.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict --also=-DBOOST_THREAD_VERSION=4 %repository/lib/models/boost-thread.yaml
// RUN: %check_roles %s -- -std=c++17
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20

// clang-format off

#include <boost/date_time/posix_time/posix_time.hpp>
#include <boost/thread/scoped_thread.hpp>
#include <boost/thread/thread.hpp>
#include <boost/thread/thread_guard.hpp>

#include <memory>
#include <utility>
#include <vector>

void work();
void workOn(int Number);
bool more();
void note(const char *Text);

// boost::thread: detaches

void badThread(bool Ready) {
  boost::thread Worker(work); // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it goes out of scope on this path; its execution goes on by itself [leak-unjoined-thread]
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

void badThreadArguments(int Number, bool Ready) {
  boost::thread Worker(workOn, Number); // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it goes out of scope on this path; its execution goes on by itself [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: boost::thread join
}

void goodThreadAttributes() {
  boost::thread::attributes Options;
  Options.set_stack_size(1 << 20);
  boost::thread Worker(Options, work); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
}

void badThreadAssigned() {
  boost::thread Worker(work); // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} is still joinable when it is assigned to on this path; its execution goes on by itself [leak-unjoined-thread]
  Worker = boost::thread(work); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
}

void goodThreadAssigned() {
  boost::thread Worker;
  Worker = boost::thread(work); // ROLE: boost::thread start
  if (Worker.joinable()) // ROLE: boost::thread test-live
    Worker.join(); // ROLE: boost::thread join
}

// A second join is quiet.
void goodThreadJoinedTwice() {
  boost::thread Worker(work); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
  Worker.join(); // ROLE: boost::thread join
}

void badThreadTimed() {
  boost::thread Worker(work); // ROLE: boost::thread start
  if (!Worker.try_join_for(boost::chrono::seconds(1))) // ROLE: boost::thread try-join
    note("still there");
}

void goodThreadTimed() {
  boost::thread Worker(work); // ROLE: boost::thread start
  if (!Worker.timed_join(boost::posix_time::time_duration(0, 0, 1))) // ROLE: boost::thread try-join
    Worker.detach(); // ROLE: boost::thread detach
}

void goodThreadInterrupted() {
  boost::thread Worker([] { // ROLE: boost::thread start
    while (more()) {
      boost::this_thread::interruption_point(); // ROLE: boost::this_thread::interruption_point poll-stop
      work();
    }
  });
  Worker.interrupt(); // ROLE: boost::thread request-stop
  Worker.join(); // ROLE: boost::thread join
}

void goodThreadPolls() {
  boost::thread Worker([] { // ROLE: boost::thread start
    while (!boost::this_thread::interruption_requested()) // ROLE: boost::this_thread::interruption_requested poll-stop
      work();
  });
  Worker.interrupt(); // ROLE: boost::thread request-stop
  Worker.join(); // ROLE: boost::thread join
}

void badThreadIgnores() {
  boost::thread Worker([] { // ROLE: boost::thread start
    for (;;)
      work();
  });
  Worker.interrupt(); // ROLE: boost::thread request-stop
  Worker.join(); // ROLE: boost::thread join
}

// Whoever never waits for a thread that detaches quietly means it to go on by itself.
void goodLeftAlone() {
  boost::thread Worker(work); // ROLE: boost::thread start
}

class GoodMemberLeftAlone {
  boost::thread Worker{work}; // ROLE: boost::thread start
};

void goodManyLeftAlone() {
  std::vector<boost::thread> Workers;
  Workers.emplace_back(work); // ROLE: std::vector insert
}

void goodOwnedLeftAlone() {
  auto Worker = std::make_unique<boost::thread>(work); // ROLE: std::make_unique emplace
}

// Who waits for its sibling has forgotten it.
class BadMember {
public:
  ~BadMember() { Reader.join(); } // ROLE: boost::thread join
  void drain() { Writer.join(); } // ROLE: boost::thread join

private:
  boost::thread Reader{work}; // ROLE: boost::thread start
  boost::thread Writer{work}; // ROLE: boost::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; its execution goes on by itself [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() {
    Worker.interrupt(); // ROLE: boost::thread request-stop
    Worker.join(); // ROLE: boost::thread join
  }

private:
  boost::thread Worker{work}; // ROLE: boost::thread start
};

boost::thread goodReturned() {
  boost::thread Worker(work); // ROLE: boost::thread start
  return Worker;
}

void goodMoved(std::vector<boost::thread> &Out) {
  boost::thread Worker(work); // ROLE: boost::thread start
  Out.push_back(boost::move(Worker)); // ROLE: std::vector insert
}

void goodMany() {
  std::vector<boost::thread> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work); // ROLE: std::vector insert
  for (boost::thread &Worker : Workers)
    Worker.join(); // ROLE: boost::thread join
}

void goodOwned() {
  auto Worker = std::make_unique<boost::thread>(work); // ROLE: std::make_unique emplace
  Worker->join(); // ROLE: boost::thread join
}

// scoped_thread, strict_scoped_thread: join unless told otherwise

void goodScoped(bool Ready) {
  boost::scoped_thread<> Worker(work); // ROLE: boost::scoped_thread start
  if (Ready)
    Worker.join(); // ROLE: boost::scoped_thread join
}

void goodJoining() {
  boost::joining_thread Worker(work); // ROLE: boost::scoped_thread start
  Worker.interrupt(); // ROLE: boost::scoped_thread request-stop
  if (!Worker.try_join_for(boost::chrono::seconds(1))) // ROLE: boost::scoped_thread try-join
    note("still there");
}

void badScopedIgnores() {
  boost::scoped_thread<boost::interrupt_and_join_if_joinable> Worker([] { // ROLE: boost::scoped_thread start
    for (;;)
      work();
  });
}

void goodStrictScoped() {
  boost::strict_scoped_thread<> Worker(work); // ROLE: boost::strict_scoped_thread start
}

void badStrictScopedIgnores() {
  boost::strict_scoped_thread<> Worker([] { // ROLE: boost::strict_scoped_thread start
    for (;;)
      work();
  });
}

void goodScopedTakesOver() {
  boost::thread Worker(work); // ROLE: boost::thread start
  boost::scoped_thread<> Joiner(boost::move(Worker)); // ROLE: boost::scoped_thread start
}

// thread_guard: joins what it refers to

void goodGuarded(bool Ready) {
  boost::thread Worker(work); // ROLE: boost::thread start
  boost::thread_guard<> Guard(Worker); // ROLE: boost::thread_guard escape
  if (Ready)
    note("ready");
}

// thread_group: deletes its threads, which detaches them

void badGroup(int &Shared) {
  boost::thread_group Group;
  Group.create_thread([&Shared] { ++Shared; }); // ROLE: boost::thread_group start
}

void goodGroup(int &Shared) {
  boost::thread_group Group;
  Group.create_thread([&Shared] { ++Shared; }); // ROLE: boost::thread_group start
  Group.add_thread(new boost::thread(work)); // ROLE: boost::thread_group insert, boost::thread start
  Group.interrupt_all(); // ROLE: boost::thread_group request-stop
  Group.join_all(); // ROLE: boost::thread_group join
}

void goodGroupOfPointer() {
  boost::thread_group Group;
  boost::thread *Worker = Group.create_thread(work); // ROLE: boost::thread_group start
  Worker->interrupt(); // ROLE: boost::thread request-stop
  Worker->join(); // ROLE: boost::thread join
}

// Sleeping

void goodSleep() {
  boost::this_thread::sleep(boost::posix_time::time_duration(0, 0, 1)); // ROLE: boost::this_thread::sleep sleep
  boost::this_thread::sleep_for(boost::chrono::milliseconds(10)); // ROLE: boost::this_thread::sleep_for sleep
  boost::this_thread::sleep_until(boost::chrono::steady_clock::now()); // ROLE: boost::this_thread::sleep_until sleep
  boost::this_thread::no_interruption_point::sleep_for(boost::chrono::milliseconds(10)); // ROLE: boost::this_thread::no_interruption_point::sleep_for sleep
  boost::this_thread::yield();
}
