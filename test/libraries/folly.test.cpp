// folly's synchronization, futures, queues and executors, from fake headers; folly-coro.test.cpp has the rest.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/folly.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/folly
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/folly
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/folly

// clang-format off

#include <folly/CancellationToken.h>
#include <folly/MPMCQueue.h>
#include <folly/ScopeGuard.h>
#include <folly/concurrency/DynamicBoundedQueue.h>
#include <folly/concurrency/UnboundedQueue.h>
#include <folly/executors/CPUThreadPoolExecutor.h>
#include <folly/executors/IOThreadPoolExecutor.h>
#include <folly/executors/thread_factory/NamedThreadFactory.h>
#include <folly/futures/Future.h>
#include <folly/futures/SharedPromise.h>
#include <folly/io/async/EventBase.h>
#include <folly/io/async/HHWheelTimer.h>
#include <folly/synchronization/Baton.h>
#include <folly/synchronization/Latch.h>
#include <folly/synchronization/SaturatingSemaphore.h>

#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

using namespace std::chrono_literals;

void work();
bool prepare();
void use(int);

// Threads come from a factory as std::thread. That the result is followed is missing as in annotation-return.test.cpp,
// so badFactory is silent.

void badFactory(folly::NamedThreadFactory &Factory, bool Ready) {
  std::thread Worker = Factory.newThread(work); // ROLE: folly::NamedThreadFactory start
  if (Ready)
    Worker.join(); // ROLE: std::thread join
}

void goodFactory(folly::ThreadFactory &Factory) {
  std::thread Worker = Factory.newThread(work); // ROLE: folly::ThreadFactory start
  Worker.join(); // ROLE: std::thread join
}

std::thread goodFactoryReturned(const char *Name) {
  folly::NamedThreadFactory Factory(Name);
  return Factory.newThread(work); // ROLE: folly::NamedThreadFactory start
}

// folly::Baton

void badBaton() {
  folly::Baton<> Done;
  std::thread Worker([&] { // ROLE: std::thread start
    if (!prepare())
      return; // never posted
    Done.post(); // ROLE: folly::Baton fulfil
  });
  Done.wait(); // ROLE: folly::Baton wait
  Worker.join(); // ROLE: std::thread join
}

void goodBaton() {
  folly::Baton<> Done;
  std::thread Worker([&] { // ROLE: std::thread start
    prepare();
    Done.post(); // ROLE: folly::Baton fulfil
  });
  Done.wait(); // ROLE: folly::Baton wait
  Done.reset();
  Worker.join(); // ROLE: std::thread join
}

bool goodBatonBounded(folly::Baton<> &Done) {
  return Done.ready() || Done.try_wait() || // ROLE: folly::Baton try-wait
         Done.timed_wait(1s) || // ROLE: folly::Baton try-wait
         Done.try_wait_for(1s); // ROLE: folly::Baton try-wait
}

// folly::SaturatingSemaphore

void badSaturating() {
  folly::SaturatingSemaphore<> Done;
  std::thread Worker([&] { // ROLE: std::thread start
    if (prepare())
      Done.post(); // ROLE: folly::SaturatingSemaphore fulfil
  });
  Done.wait(); // ROLE: folly::SaturatingSemaphore wait
  Worker.join(); // ROLE: std::thread join
}

void goodSaturating() {
  folly::SaturatingSemaphore<> Done;
  std::thread Worker([&] { Done.post(); }); // ROLE: std::thread start, folly::SaturatingSemaphore fulfil
  if (!Done.try_wait_for(1s)) // ROLE: folly::SaturatingSemaphore try-wait
    Done.wait(); // ROLE: folly::SaturatingSemaphore wait
  Worker.join(); // ROLE: std::thread join
}

// folly::Latch

void badLatch() {
  folly::Latch Done(2); // nobody counts the second time
  std::thread Worker([&] { Done.count_down(); }); // ROLE: std::thread start, folly::Latch count-down
  Done.wait(); // ROLE: folly::Latch wait
  Worker.join(); // ROLE: std::thread join
}

void goodLatch() {
  folly::Latch Done(2);
  std::thread Worker([&] { Done.count_down(); }); // ROLE: std::thread start, folly::Latch count-down
  Done.arrive_and_wait(); // ROLE: folly::Latch arrive
  Worker.join(); // ROLE: std::thread join
}

bool goodLatchBounded(folly::Latch &Done) {
  return Done.try_wait() || Done.try_wait_for(1s); // ROLE: folly::Latch try-wait, folly::Latch try-wait
}

// folly::Promise, Future and SemiFuture

void badPromise(folly::CPUThreadPoolExecutor &Pool) {
  auto Answer = std::make_shared<folly::Promise<int>>(); // ROLE: std::make_shared emplace
  folly::SemiFuture<int> Result = Answer->getSemiFuture(); // ROLE: folly::Promise get-future
  Pool.add([Answer] { // ROLE: folly::CPUThreadPoolExecutor start
    if (prepare())
      Answer->setValue(1); // ROLE: folly::Promise fulfil
  });
  use(std::move(Result).get()); // ROLE: folly::SemiFuture join
}

void goodPromise(folly::CPUThreadPoolExecutor &Pool) {
  auto Answer = std::make_shared<folly::Promise<int>>(); // ROLE: std::make_shared emplace
  folly::Future<int> Result = Answer->getFuture(); // ROLE: folly::Promise get-future
  Pool.add([Answer] { // ROLE: folly::CPUThreadPoolExecutor start
    if (prepare())
      Answer->setValue(1); // ROLE: folly::Promise fulfil
    else
      Answer->setException(std::runtime_error("not prepared")); // ROLE: folly::Promise fail
  });
  use(std::move(Result).get(1s)); // ROLE: folly::Future try-join
}

void goodPromiseWith(folly::Promise<int> Answer) {
  Answer.setWith([] { return 1; }); // ROLE: folly::Promise fulfil
}

void goodContinued(folly::Promise<int> &Answer, folly::CPUThreadPoolExecutor &Pool) {
  folly::SemiFuture<int> First = Answer.getSemiFuture(); // ROLE: folly::Promise get-future
  folly::Future<int> Second =
      std::move(First).via(&Pool) // ROLE: folly::SemiFuture give-up
          .thenValue([](int V) { return V; }) // ROLE: folly::Future start
          .thenError([](folly::exception_wrapper) { return 0; }); // ROLE: folly::Future start
  Second.wait(); // ROLE: folly::Future wait
  Second.cancel(); // ROLE: folly::Future request-stop
}

void goodDropped(folly::CPUThreadPoolExecutor &Pool) {
  folly::Future<int> Result = folly::via(&Pool, [] { return 1; }); // ROLE: folly::via start
}

void badSharedPromise(folly::SharedPromise<int> &Answer, bool Ready) {
  if (Ready) // who waits otherwise waits on
    Answer.setValue(1); // ROLE: folly::SharedPromise fulfil
}

int goodSharedPromise(folly::SharedPromise<int> &Answer, bool Ready) {
  folly::Future<int> Result = Answer.getFuture(); // ROLE: folly::SharedPromise get-future
  if (Ready)
    Answer.setValue(1); // ROLE: folly::SharedPromise fulfil
  else
    Answer.setException(std::runtime_error("not ready")); // ROLE: folly::SharedPromise fail
  return std::move(Result).get(); // ROLE: folly::Future join
}

// Queues

void badMPMC() {
  folly::MPMCQueue<int> Queue(4);
  int Item;
  Queue.blockingRead(Item); // ROLE: folly::MPMCQueue receive
}

void goodMPMC() {
  folly::MPMCQueue<int> Queue(4);
  std::thread Producer([&] { Queue.blockingWrite(1); }); // ROLE: std::thread start, folly::MPMCQueue send
  int Item;
  Queue.blockingRead(Item); // ROLE: folly::MPMCQueue receive
  if (Queue.write(2) && Queue.read(Item)) // ROLE: folly::MPMCQueue try-send, folly::MPMCQueue try-receive
    use(Item);
  auto Deadline = std::chrono::steady_clock::now() + 1s;
  if (Queue.tryWriteUntil(Deadline, 3)) // ROLE: folly::MPMCQueue try-send
    Queue.tryReadUntil(Deadline, Item); // ROLE: folly::MPMCQueue try-receive
  Producer.join(); // ROLE: std::thread join
}

void badUnbounded() {
  folly::UMPMCQueue<int, true> Queue;
  use(Queue.dequeue()); // ROLE: folly::UnboundedQueue receive
}

void goodUnbounded() {
  folly::UMPMCQueue<int, true> Queue;
  Queue.enqueue(1); // ROLE: folly::UnboundedQueue send
  use(Queue.dequeue()); // ROLE: folly::UnboundedQueue receive
  int Item;
  if (Queue.try_dequeue(Item) || Queue.try_dequeue_for(Item, 1s)) // ROLE: folly::UnboundedQueue try-receive, folly::UnboundedQueue try-receive
    use(Item);
}

void badBounded() {
  folly::DMPMCQueue<int, true> Queue(1);
  Queue.enqueue(1); // ROLE: folly::DynamicBoundedQueue send
  Queue.enqueue(2); // ROLE: folly::DynamicBoundedQueue send
}

void goodBounded() {
  folly::DMPMCQueue<int, true> Queue(1);
  Queue.enqueue(1); // ROLE: folly::DynamicBoundedQueue send
  int Item;
  if (!Queue.try_enqueue_for(2, 1s)) // ROLE: folly::DynamicBoundedQueue try-send
    Queue.dequeue(Item); // ROLE: folly::DynamicBoundedQueue receive
  Queue.try_dequeue(Item); // ROLE: folly::DynamicBoundedQueue try-receive
}

// Cancellation

void badSource() {
  folly::CancellationSource Source;
  std::thread Worker([Token = Source.getToken()] { // ROLE: std::thread start, folly::CancellationSource get-token
    while (!Token.isCancellationRequested()) // ROLE: folly::CancellationToken poll-stop
      prepare();
  });
  Worker.join(); // ROLE: std::thread join
}

void goodSource() {
  folly::CancellationSource Source;
  std::thread Worker([Token = Source.getToken()] { // ROLE: std::thread start, folly::CancellationSource get-token
    while (!Token.isCancellationRequested()) // ROLE: folly::CancellationToken poll-stop
      prepare();
  });
  Source.requestCancellation(); // ROLE: folly::CancellationSource request-stop
  Worker.join(); // ROLE: std::thread join
}

void badCallback(const folly::CancellationToken &Token, folly::Baton<> &Done) {
  folly::CancellationCallback(Token, [&] { Done.post(); }); // ROLE: folly::CancellationCallback arm, folly::Baton fulfil
  Done.wait(); // ROLE: folly::Baton wait
}

void goodCallback(const folly::CancellationToken &Token, folly::Baton<> &Done) {
  folly::CancellationCallback Stop(Token, [&] { Done.post(); }); // ROLE: folly::CancellationCallback arm, folly::Baton fulfil
  Done.wait(); // ROLE: folly::Baton wait
}

// Executors

void badPool() {
  folly::CPUThreadPoolExecutor Pool(4);
  Pool.add([] { // ROLE: folly::CPUThreadPoolExecutor start
    for (;;)
      prepare();
  });
  Pool.join(); // ROLE: folly::CPUThreadPoolExecutor join
}

void goodPool() {
  folly::CPUThreadPoolExecutor Pool(4, std::make_shared<folly::NamedThreadFactory>("workers")); // ROLE: std::make_shared emplace
  Pool.add(work); // ROLE: folly::CPUThreadPoolExecutor start
  Pool.addWithPriority(work, 1); // ROLE: folly::CPUThreadPoolExecutor start
  Pool.join(); // ROLE: folly::CPUThreadPoolExecutor join
}

void goodPoolStopped() {
  folly::IOThreadPoolExecutor Pool(4);
  Pool.add(work); // ROLE: folly::IOThreadPoolExecutor start
  Pool.stop(); // ROLE: folly::IOThreadPoolExecutor join
}

void goodPoolByBase(folly::ThreadPoolExecutor &Pool) {
  Pool.add(work); // ROLE: folly::ThreadPoolExecutor start
  if (Pool.numThreads() > 1)
    Pool.join(); // ROLE: folly::ThreadPoolExecutor join
}

void badEventBase() {
  folly::EventBase Base;
  std::thread Worker([&] { Base.loopForever(); }); // ROLE: std::thread start, folly::EventBase block
  Worker.join(); // ROLE: std::thread join
}

void goodEventBase() {
  folly::EventBase Base;
  std::thread Worker([&] { Base.loopForever(); }); // ROLE: std::thread start, folly::EventBase block
  Base.runInEventBaseThread(work); // ROLE: folly::EventBase start
  Base.runInEventBaseThreadAndWait(work);  // ROLE: folly::EventBase apply
  Base.terminateLoopSoon(); // ROLE: folly::EventBase request-stop
  Worker.join(); // ROLE: std::thread join
}

// Timers

class BadTick : public folly::HHWheelTimer::Callback {
public:
  explicit BadTick(folly::HHWheelTimer &Timer) : Timer(Timer) {}
  void timeoutExpired() noexcept override {
    Timer.scheduleTimeout(this, 10ms); // ROLE: folly::HHWheelTimerBase arm
  }

private:
  folly::HHWheelTimer &Timer;
};

class GoodTick : public folly::HHWheelTimer::Callback {
public:
  explicit GoodTick(folly::HHWheelTimer &Timer) : Timer(Timer) {}
  void timeoutExpired() noexcept override {
    if (!Stopped)
      Timer.scheduleTimeout(this, 10ms); // ROLE: folly::HHWheelTimerBase arm
  }
  void stop() {
    Stopped = true;
    cancelTimeout(); // ROLE: folly::HHWheelTimerBase::Callback disarm
  }

private:
  folly::HHWheelTimer &Timer;
  bool Stopped = false;
};

void goodTimer(folly::TimeoutManager *Manager) {
  folly::HHWheelTimer::UniquePtr Timer = folly::HHWheelTimer::newTimer(Manager);
  Timer->scheduleTimeoutFn(work, 10ms); // ROLE: folly::HHWheelTimerBase arm
  Timer->cancelAll(); // ROLE: folly::HHWheelTimerBase disarm
}

// A guard that joins

void goodGuarded(bool Ready) {
  std::thread Worker(work); // ROLE: std::thread start
  auto Join = folly::makeGuard([&] { Worker.join(); }); // ROLE: std::thread join
  if (!Ready)
    return;
  prepare();
}
