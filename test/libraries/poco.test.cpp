// The POCO C++ Libraries' threads and what they share, from the real headers; poco-net.test.cpp has the rest.
//
// REQUIRES: package-libpoco-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/poco.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17

// clang-format off

#include <Poco/ActiveDispatcher.h>
#include <Poco/ActiveMethod.h>
#include <Poco/Activity.h>
#include <Poco/AutoPtr.h>
#include <Poco/Condition.h>
#include <Poco/Event.h>
#include <Poco/Mutex.h>
#include <Poco/Notification.h>
#include <Poco/NotificationQueue.h>
#include <Poco/PriorityNotificationQueue.h>
#include <Poco/Process.h>
#include <Poco/RWLock.h>
#include <Poco/RunnableAdapter.h>
#include <Poco/Semaphore.h>
#include <Poco/SharedPtr.h>
#include <Poco/SynchronizedObject.h>
#include <Poco/Task.h>
#include <Poco/TaskManager.h>
#include <Poco/Thread.h>
#include <Poco/ThreadPool.h>
#include <Poco/ThreadTarget.h>
#include <Poco/TimedNotificationQueue.h>

void work();
bool more();
void callback(void *Data);

// Thread: the destructor detaches.

void badThread(Poco::Runnable &Target, bool Ready) {
  Poco::Thread Worker;
  Worker.start(Target); // ROLE: Poco::Thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is still joinable when it goes out of scope on this path; its execution goes on by itself [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: Poco::Thread join
}

void goodThread(Poco::Runnable &Target) {
  Poco::Thread Worker("worker");
  Worker.setStackSize(1 << 20);
  Worker.start(Target); // ROLE: Poco::Thread start
  Worker.join(); // ROLE: Poco::Thread join
}

void goodNeverStarted() {
  Poco::Thread Worker;
  Worker.join(); // ROLE: Poco::Thread join
}

// Whoever never waits for a thread that detaches quietly means it to go on by itself.
void goodLeftAlone() {
  Poco::Thread Worker;
  Worker.startFunc([] { work(); }); // ROLE: Poco::Thread start
}

void badFunction() {
  Poco::Thread Worker;
  Worker.startFunc([] { work(); }); // ROLE: Poco::Thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is still joinable when it goes out of scope on this path; its execution goes on by itself [leak-unjoined-thread]
  if (!more())
    return;
  Worker.join(); // ROLE: Poco::Thread join
}

void goodFunction() {
  Poco::Thread Worker;
  Worker.startFunc([] { // ROLE: Poco::Thread start
    while (Poco::Thread::trySleep(1000)) // ROLE: Poco::Thread::trySleep sleep
      work();
  });
  Worker.wakeUp(); // ROLE: Poco::Thread request-stop
  if (Worker.isRunning()) // ROLE: Poco::Thread test-live
    Worker.join(); // ROLE: Poco::Thread join
}

// A method that may give up isn't followed yet, so nothing is said about it.
void badTimed() {
  Poco::Thread Worker;
  Worker.start(callback, nullptr); // ROLE: Poco::Thread start
  if (!Worker.tryJoin(1000)) // ROLE: Poco::Thread try-join
    return;
}

void goodTimed() {
  Poco::Thread Worker;
  Worker.start(callback); // ROLE: Poco::Thread start
  if (!Worker.tryJoin(1000)) // ROLE: Poco::Thread try-join
    Worker.join(); // ROLE: Poco::Thread join
}

void goodThrows() {
  Poco::Thread Worker;
  Worker.start(callback); // ROLE: Poco::Thread start
  Worker.join(1000); // ROLE: Poco::Thread try-join
}

class GoodMemberLeftAlone {
public:
  void begin() { Worker.startFunc([] { work(); }); } // ROLE: Poco::Thread start

private:
  Poco::Thread Worker;
};

class BadMember {
public:
  ~BadMember() { Reader.join(); } // ROLE: Poco::Thread join
  void drain() { Writer.join(); } // ROLE: Poco::Thread join
  void begin() {
    Reader.startFunc([] { work(); }); // ROLE: Poco::Thread start
    Writer.startFunc([] { work(); }); // ROLE: Poco::Thread start
  }

private:
  Poco::Thread Reader;
  Poco::Thread Writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; its execution goes on by itself [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.join(); } // ROLE: Poco::Thread join
  void begin() { Worker.startFunc([] { work(); }); } // ROLE: Poco::Thread start

private:
  Poco::Thread Worker;
};

// Activity: stops by itself.

class GoodActivity {
public:
  GoodActivity() : Running(this, &GoodActivity::run) {}
  void begin() { Running.start(); } // ROLE: Poco::Activity start
  void end() {
    Running.stop(); // ROLE: Poco::Activity request-stop
    Running.wait(); // ROLE: Poco::Activity join
  }
  void endTimed() {
    if (!Running.isRunning()) // ROLE: Poco::Activity test-live
      return;
    Running.stop(); // ROLE: Poco::Activity request-stop
    Running.wait(1000); // ROLE: Poco::Activity try-join
  }

private:
  void run() {
    while (!Running.isStopped()) // ROLE: Poco::Activity poll-stop
      work();
  }
  Poco::Activity<GoodActivity> Running;
};

class BadActivity {
public:
  BadActivity() : Running(this, &BadActivity::run) { Running.start(); } // ROLE: Poco::Activity start

private:
  void run() {
    while (true)
      work();
  }
  Poco::Activity<BadActivity> Running;
};

// Processes

// What is returned by value isn't followed yet, so nothing is said about it.
void badProcess() {
  Poco::Process::Args Arguments;
  Poco::ProcessHandle Child = Poco::Process::launch("true", Arguments); // ROLE: Poco::Process::launch start
}

int goodProcess() {
  Poco::Process::Args Arguments;
  Poco::ProcessHandle Child = Poco::Process::launch("true", Arguments); // ROLE: Poco::Process::launch start
  return Child.wait(); // ROLE: Poco::ProcessHandle join
}

int goodProcessFunction() {
  Poco::Process::Args Arguments;
  Poco::ProcessHandle Child = Poco::Process::launch("true", Arguments); // ROLE: Poco::Process::launch start
  return Poco::Process::wait(Child); // ROLE: Poco::Process::wait join
}

int goodProcessKilled() {
  Poco::Process::Args Arguments;
  Poco::ProcessHandle Child = Poco::Process::launch("true", Arguments); // ROLE: Poco::Process::launch start
  Poco::Process::requestTermination(Child.id()); // ROLE: Poco::Process::requestTermination request-stop
  if (Child.tryWait() < 0 && Poco::Process::tryWait(Child) < 0) // ROLE: Poco::ProcessHandle try-join, Poco::Process::tryWait try-join
    if (Poco::Process::isRunning(Child)) // ROLE: Poco::Process::isRunning test-live
      Poco::Process::kill(Child); // ROLE: Poco::Process::kill cancel
  return Child.wait(); // ROLE: Poco::ProcessHandle join
}

// Pools

void badPool(Poco::Runnable &Target) {
  Poco::ThreadPool Pool;
  Pool.start(Target); // ROLE: Poco::ThreadPool start
}

void goodPool(Poco::Runnable &Target) {
  Poco::ThreadPool Pool(1, 4);
  Pool.start(Target, "named"); // ROLE: Poco::ThreadPool start
  Pool.startWithPriority(Poco::Thread::PRIO_LOW, Target); // ROLE: Poco::ThreadPool start
  Pool.joinAll(); // ROLE: Poco::ThreadPool join
}

void goodPoolStopped(Poco::ThreadPool &Pool) { Pool.stopAll(); } // ROLE: Poco::ThreadPool join

class GoodTask : public Poco::Task {
public:
  GoodTask() : Poco::Task("good") {}
  void runTask() override {
    while (!isCancelled()) // ROLE: Poco::Task poll-stop
      if (sleep(100)) // ROLE: Poco::Task sleep
        return;
  }
};

class BadTask : public Poco::Task {
public:
  BadTask() : Poco::Task("bad") {}
  void runTask() override {
    while (true)
      Poco::Thread::sleep(100); // ROLE: Poco::Thread::sleep sleep
  }
};

void badTaskManager() {
  Poco::TaskManager Manager;
  Manager.start(new BadTask); // ROLE: Poco::TaskManager start
}

void goodTaskManager() {
  Poco::TaskManager Manager;
  Manager.start(new GoodTask); // ROLE: Poco::TaskManager start
  Manager.cancelAll(); // ROLE: Poco::TaskManager request-stop
  Manager.joinAll(); // ROLE: Poco::TaskManager join
}

void goodTaskAlone(GoodTask &Task) {
  Task.run(); // ROLE: Poco::Task apply
  Task.runTask(); // ROLE: Poco::Task apply
  Task.cancel(); // ROLE: Poco::Task request-stop
}

void goodCallables(Poco::RunnableAdapter<GoodMember> &Adapter) {
  Poco::ThreadTarget Target(work);
  Target.run(); // ROLE: Poco::ThreadTarget apply
  Adapter.run(); // ROLE: Poco::RunnableAdapter apply
}

// Active objects

class Active : public Poco::ActiveDispatcher {
public:
  Active() : compute(this, &Active::computeImpl) {}
  ~Active() override { stop(); } // ROLE: Poco::ActiveDispatcher join
  Poco::ActiveMethod<int, int, Active, Poco::ActiveStarter<Active>> compute;

private:
  int computeImpl(const int &Value) { return Value; }
};

int badActive(Active &Object) {
  Poco::ActiveResult<int> Result = Object.compute(1); // ROLE: Poco::ActiveMethod start
  return Result.data();
}

int goodActive(Active &Object) {
  Poco::ActiveResult<int> Result = Object.compute(1); // ROLE: Poco::ActiveMethod start
  if (!Result.tryWait(1000)) // ROLE: Poco::ActiveResult try-wait
    Object.cancel(); // ROLE: Poco::ActiveDispatcher request-stop
  Result.wait(); // ROLE: Poco::ActiveResult wait
  return Result.data();
}

int goodActiveTimed(Active &Object) {
  Poco::ActiveResult<int> Result = Object.compute(1); // ROLE: Poco::ActiveMethod start
  Result.wait(1000); // ROLE: Poco::ActiveResult try-wait
  return Result.data();
}

void goodStarts(Poco::ActiveDispatcher &Dispatcher, Poco::ActiveRunnableBase::Ptr Runnable) {
  Dispatcher.start(Runnable); // ROLE: Poco::ActiveDispatcher start
}

void goodResult(Poco::ActiveResult<int> Result) {
  if (more())
    Result.notify(); // ROLE: Poco::ActiveResult fulfil
  else
    Result.error("none"); // ROLE: Poco::ActiveResult fail
}

// Channels

void badQueue() {
  Poco::NotificationQueue Queue;
  Poco::Thread Worker;
  Worker.startFunc([&Queue] { // ROLE: Poco::Thread start
    while (Poco::AutoPtr<Poco::Notification> Item = Queue.waitDequeueNotification()) // ROLE: Poco::NotificationQueue receive
      work();
  });
  Queue.enqueueNotification(new Poco::Notification); // ROLE: Poco::NotificationQueue send
  Worker.join(); // ROLE: Poco::Thread join
}

void goodQueue() {
  Poco::NotificationQueue Queue;
  Poco::Thread Worker;
  Worker.startFunc([&Queue] { // ROLE: Poco::Thread start
    while (Poco::AutoPtr<Poco::Notification> Item = Queue.waitDequeueNotification()) // ROLE: Poco::NotificationQueue receive
      work();
  });
  Queue.enqueueUrgentNotification(new Poco::Notification); // ROLE: Poco::NotificationQueue send
  Queue.wakeUpAll(); // ROLE: Poco::NotificationQueue close
  Worker.join(); // ROLE: Poco::Thread join
}

void goodQueueTimed(Poco::NotificationQueue &Queue) {
  Poco::AutoPtr<Poco::Notification> First = Queue.waitDequeueNotification(1000); // ROLE: Poco::NotificationQueue try-receive
  Poco::AutoPtr<Poco::Notification> Second = Queue.dequeueNotification(); // ROLE: Poco::NotificationQueue try-receive
}

void badPriorityQueue(Poco::PriorityNotificationQueue &Queue) {
  while (true)
    Poco::AutoPtr<Poco::Notification> Item(Queue.waitDequeueNotification()); // ROLE: Poco::PriorityNotificationQueue receive
}

void goodPriorityQueue(Poco::PriorityNotificationQueue &Queue) {
  Queue.enqueueNotification(new Poco::Notification, 1); // ROLE: Poco::PriorityNotificationQueue send
  Poco::AutoPtr<Poco::Notification> First(Queue.waitDequeueNotification(1000)); // ROLE: Poco::PriorityNotificationQueue try-receive
  Poco::AutoPtr<Poco::Notification> Second(Queue.dequeueNotification()); // ROLE: Poco::PriorityNotificationQueue try-receive
  Queue.wakeUpAll(); // ROLE: Poco::PriorityNotificationQueue close
}

void badTimedQueue(Poco::TimedNotificationQueue &Queue) {
  while (true)
    Poco::AutoPtr<Poco::Notification> Item(Queue.waitDequeueNotification()); // ROLE: Poco::TimedNotificationQueue receive
}

void goodTimedQueue(Poco::TimedNotificationQueue &Queue) {
  Queue.enqueueNotification(new Poco::Notification, Poco::Timestamp()); // ROLE: Poco::TimedNotificationQueue send
  Poco::AutoPtr<Poco::Notification> First(Queue.waitDequeueNotification(1000)); // ROLE: Poco::TimedNotificationQueue try-receive
  Poco::AutoPtr<Poco::Notification> Second(Queue.dequeueNotification()); // ROLE: Poco::TimedNotificationQueue try-receive
}

// Permits

bool badSemaphore(Poco::Semaphore &Slots) {
  Slots.wait(); // ROLE: Poco::Semaphore acquire
  if (!more())
    return false;
  Slots.set(); // ROLE: Poco::Semaphore release
  return true;
}

bool goodSemaphore(Poco::Semaphore &Slots) {
  if (!Slots.tryWait(1000)) // ROLE: Poco::Semaphore try-acquire
    return false;
  Slots.set(); // ROLE: Poco::Semaphore release
  Slots.wait(1000); // ROLE: Poco::Semaphore try-acquire
  Slots.set(); // ROLE: Poco::Semaphore release
  return true;
}

bool badMutex(Poco::Mutex &Mutex) {
  Mutex.lock(); // ROLE: Poco::Mutex acquire
  if (!more())
    return false;
  Mutex.unlock(); // ROLE: Poco::Mutex release
  return true;
}

bool goodMutex(Poco::Mutex &Mutex) {
  if (!Mutex.tryLock() && !Mutex.tryLock(1000)) // ROLE: Poco::Mutex try-acquire, Poco::Mutex try-acquire
    Mutex.lock(1000); // ROLE: Poco::Mutex try-acquire
  Mutex.unlock(); // ROLE: Poco::Mutex release
  return true;
}

bool badFastMutex(Poco::FastMutex &Mutex) {
  Mutex.lock(); // ROLE: Poco::FastMutex acquire
  if (!more())
    return false;
  Mutex.unlock(); // ROLE: Poco::FastMutex release
  return true;
}

bool goodFastMutex(Poco::FastMutex &Mutex) {
  if (!Mutex.tryLock()) // ROLE: Poco::FastMutex try-acquire
    return false;
  Mutex.unlock(); // ROLE: Poco::FastMutex release
  return true;
}

void badSpinlock(Poco::SpinlockMutex &Mutex) {
  Mutex.lock(); // ROLE: Poco::SpinlockMutex acquire
  if (more())
    Mutex.unlock(); // ROLE: Poco::SpinlockMutex release
}

void goodSpinlock(Poco::SpinlockMutex &Mutex) {
  if (Mutex.tryLock()) // ROLE: Poco::SpinlockMutex try-acquire
    Mutex.unlock(); // ROLE: Poco::SpinlockMutex release
}

void badRWLock(Poco::RWLock &Lock) {
  Lock.readLock(); // ROLE: Poco::RWLock acquire
  if (more())
    Lock.unlock(); // ROLE: Poco::RWLock release
}

void goodRWLock(Poco::RWLock &Lock) {
  Lock.writeLock(); // ROLE: Poco::RWLock acquire
  Lock.unlock(); // ROLE: Poco::RWLock release
  if (Lock.tryReadLock()) // ROLE: Poco::RWLock try-acquire
    Lock.unlock(); // ROLE: Poco::RWLock release
  if (Lock.tryWriteLock()) // ROLE: Poco::RWLock try-acquire
    Lock.unlock(); // ROLE: Poco::RWLock release
}

// Guards

void badTemporary(Poco::Mutex &Mutex) {
  Poco::Mutex::ScopedLock{Mutex}; // ROLE: Poco::ScopedLock acquire
  work();
}

void goodGuards(Poco::Mutex &Mutex, Poco::FastMutex &Fast, Poco::RWLock &Both) {
  Poco::Mutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
  {
    Poco::FastMutex::ScopedLock Timed(Fast, 1000); // ROLE: Poco::ScopedLock acquire
  }
  {
    Poco::ScopedLockWithUnlock<Poco::FastMutex> Early(Fast); // ROLE: Poco::ScopedLockWithUnlock acquire
    Early.unlock(); // ROLE: Poco::ScopedLockWithUnlock release
  }
  {
    Poco::ScopedRWLock Reading(Both); // ROLE: Poco::ScopedRWLock acquire
  }
  {
    Poco::ScopedReadRWLock Reading(Both); // ROLE: Poco::ScopedReadRWLock acquire
  }
  Poco::ScopedWriteRWLock Writing(Both); // ROLE: Poco::ScopedWriteRWLock acquire
}

// Signals and conditions

void badEvent() {
  Poco::Event Done;
  Poco::Thread Worker;
  Worker.startFunc([&Done] { // ROLE: Poco::Thread start
    if (more())
      Done.set(); // ROLE: Poco::Event fulfil
  });
  Done.wait(); // ROLE: Poco::Event wait
  Worker.join(); // ROLE: Poco::Thread join
}

void goodEvent() {
  Poco::Event Done(Poco::Event::EVENT_MANUALRESET);
  Poco::Thread Worker;
  Worker.startFunc([&Done] { Done.set(); }); // ROLE: Poco::Thread start, Poco::Event fulfil
  if (!Done.tryWait(1000)) // ROLE: Poco::Event try-wait
    Done.wait(1000); // ROLE: Poco::Event try-wait
  Worker.join(); // ROLE: Poco::Thread join
}

class Box {
public:
  void badTake() {
    Poco::FastMutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
    Changed.wait(Mutex); // ROLE: Poco::Condition wait
    Full = false;
  }

  void goodTake() {
    Poco::FastMutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
    while (!Full)
      Changed.wait(Mutex); // ROLE: Poco::Condition wait
    Full = false;
  }

  bool goodTakeTimed() {
    Poco::FastMutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
    while (!Full)
      if (!Changed.tryWait(Mutex, 1000)) // ROLE: Poco::Condition try-wait
        return false;
    while (!Full)
      Changed.wait(Mutex, 1000); // ROLE: Poco::Condition try-wait
    return true;
  }

  void badPut() {
    Poco::FastMutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
    Full = true;
  }

  void goodPut() {
    Poco::FastMutex::ScopedLock Lock(Mutex); // ROLE: Poco::ScopedLock acquire
    Full = true;
    Changed.signal(); // ROLE: Poco::Condition notify-one
    Changed.broadcast(); // ROLE: Poco::Condition notify-all
  }

private:
  Poco::FastMutex Mutex;
  Poco::Condition Changed;
  bool Full = false;
};

void badSynchronized(Poco::SynchronizedObject &Object) {
  Object.lock(); // ROLE: Poco::SynchronizedObject acquire
  if (more())
    Object.unlock(); // ROLE: Poco::SynchronizedObject release
}

void goodSynchronized(Poco::SynchronizedObject &Object) {
  if (Object.tryLock()) { // ROLE: Poco::SynchronizedObject try-acquire
    Object.notify(); // ROLE: Poco::SynchronizedObject notify-one
    Object.unlock(); // ROLE: Poco::SynchronizedObject release
  }
  if (!Object.tryWait(1000)) // ROLE: Poco::SynchronizedObject try-wait
    Object.wait(1000); // ROLE: Poco::SynchronizedObject try-wait
  Object.wait(); // ROLE: Poco::SynchronizedObject wait
}

// Owners

void goodOwnedLeftAlone() {
  Poco::SharedPtr<Poco::Thread> Worker = new Poco::Thread;
  Worker->startFunc([] { work(); }); // ROLE: Poco::Thread start
}

void goodOwned() {
  Poco::SharedPtr<Poco::Thread> Worker = new Poco::Thread;
  Worker->startFunc([] { work(); }); // ROLE: Poco::Thread start
  Worker->join(); // ROLE: Poco::Thread join
}

void goodMadeAuto(Poco::TaskManager &Manager) {
  Poco::AutoPtr<GoodTask> Task = Poco::makeAuto<GoodTask>(); // ROLE: Poco::makeAuto emplace
  Manager.start(Task.duplicate()); // ROLE: Poco::TaskManager start
  Task->cancel(); // ROLE: Poco::Task request-stop
}

void goodMadeShared() {
  Poco::SharedPtr<Poco::Thread> Worker = Poco::makeShared<Poco::Thread>(); // ROLE: Poco::makeShared emplace
  Worker->startFunc([] { work(); }); // ROLE: Poco::Thread start
  Worker->join(); // ROLE: Poco::Thread join
}
