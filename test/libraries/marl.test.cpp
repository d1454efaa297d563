// marl, Google's fibers, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/marl.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/marl
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/marl
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- -isystem %S/Inputs/marl

// clang-format off

#include <marl/blockingcall.h>
#include <marl/conditionvariable.h>
#include <marl/event.h>
#include <marl/mutex.h>
#include <marl/parallelize.h>
#include <marl/scheduler.h>
#include <marl/task.h>
#include <marl/thread.h>
#include <marl/ticket.h>
#include <marl/waitgroup.h>

#include <utility>

using namespace std::chrono_literals;

void work();
bool prepare();

// marl::Thread

void badThread(bool Ready) {
  marl::Thread Worker(marl::Thread::Affinity::all(), work); // ROLE: marl::Thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: {{.*}} is still joinable when it goes out of scope on this path; its stack and id are never freed [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: marl::Thread join
}

void goodThread() {
  marl::Thread Empty;
  marl::Thread Worker(marl::Thread::Affinity::all(), work); // ROLE: marl::Thread start
  prepare();
  Worker.join(); // ROLE: marl::Thread join
}

void badThreadTwice() {
  marl::Thread Worker(marl::Thread::Affinity::all(), work); // ROLE: marl::Thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: {{.*}} is joined after it was joined; the behavior is undefined [leak-unjoined-thread]
  Worker.join(); // ROLE: marl::Thread join
  Worker.join(); // ROLE: marl::Thread join
}

class BadMember {
  marl::Thread Worker{marl::Thread::Affinity::all(), work}; // ROLE: marl::Thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.join(); } // ROLE: marl::Thread join

private:
  marl::Thread Worker{marl::Thread::Affinity::all(), work}; // ROLE: marl::Thread start
};

// marl::WaitGroup: copies share one count

void badWaitGroup() {
  marl::WaitGroup Done(2);
  marl::schedule([Done] { // ROLE: marl::schedule start
    if (!prepare())
      return;
    Done.done(); // ROLE: marl::WaitGroup count-down
  });
  Done.wait(); // ROLE: marl::WaitGroup wait
}

void goodWaitGroup() {
  marl::WaitGroup Done;
  for (int I = 0; I != 4; ++I) {
    Done.add(); // ROLE: marl::WaitGroup count-up
    marl::schedule([Done] { // ROLE: marl::schedule start
      prepare();
      Done.done(); // ROLE: marl::WaitGroup count-down
    });
  }
  Done.wait(); // ROLE: marl::WaitGroup wait
}

// marl::Event

void badEvent() {
  marl::Event Ready;
  marl::schedule([Ready] { // ROLE: marl::schedule start
    if (prepare())
      Ready.signal(); // ROLE: marl::Event fulfil
  });
  Ready.wait(); // ROLE: marl::Event wait
}

void goodEvent() {
  marl::Event Ready(marl::Event::Mode::Manual);
  marl::schedule([Ready] { Ready.signal(); }); // ROLE: marl::schedule start, marl::Event fulfil
  if (!Ready.test() && !Ready.wait_for(1s)) // ROLE: marl::Event try-wait, marl::Event try-wait
    Ready.wait(); // ROLE: marl::Event wait
  Ready.clear();
}

// marl::Ticket

void badTicket() {
  marl::Ticket::Queue Queue;
  marl::Ticket First = Queue.take();
  marl::Ticket Second = Queue.take();
  Second.wait(); // ROLE: marl::Ticket wait
  First.done(); // ROLE: marl::Ticket fulfil
}

void goodTicket() {
  marl::Ticket::Queue Queue;
  for (int I = 0; I != 4; ++I) {
    marl::Ticket Turn = Queue.take();
    marl::schedule([Turn] { // ROLE: marl::schedule start
      Turn.wait(); // ROLE: marl::Ticket wait
      Turn.done(); // ROLE: marl::Ticket fulfil
    });
  }
}

// Locks and conditions

void badMutex(marl::mutex &Mutex) {
  Mutex.lock(); // ROLE: marl::mutex acquire
  if (prepare())
    Mutex.unlock(); // ROLE: marl::mutex release
}

void goodMutex(marl::mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: marl::mutex try-acquire
    Mutex.unlock(); // ROLE: marl::mutex release
  marl::lock Guard(Mutex); // ROLE: marl::lock acquire
  prepare();
}

void badCondition(marl::ConditionVariable &Condition, bool &Ready) {
  Condition.notify_one(); // ROLE: marl::ConditionVariable notify-one
  Ready = true;
}

void goodCondition(marl::ConditionVariable &Condition, marl::mutex &Mutex, bool &Ready) {
  marl::lock Lock(Mutex); // ROLE: marl::lock acquire
  if (!Condition.wait_for(Lock, 1s, [&] { return Ready; })) // ROLE: marl::ConditionVariable try-wait
    Condition.wait(Lock, [&] { return Ready; }); // ROLE: marl::ConditionVariable wait
  Condition.notify_all(); // ROLE: marl::ConditionVariable notify-all
}

// marl::Scheduler

void badScheduler() {
  marl::Scheduler Scheduler(marl::Scheduler::Config::allCores());
  Scheduler.bind();
  marl::schedule(work); // ROLE: marl::schedule start
} // waits for ever: never unbound

void goodScheduler() {
  marl::Scheduler Scheduler(marl::Scheduler::Config::allCores());
  Scheduler.bind();
  marl::schedule(work); // ROLE: marl::schedule start
  Scheduler.enqueue(marl::Task(work)); // ROLE: marl::Scheduler start
  marl::blocking_call(work); // ROLE: marl::blocking_call apply
  marl::parallelize(work, work); // ROLE: marl::parallelize apply
  marl::Scheduler::unbind();
}

void badTask() {
  marl::Task Task(work); // never run
}

void goodTask() {
  marl::Task Task(work);
  Task(); // ROLE: marl::Task apply
}
