// folly's synchronization, futures, coroutines, queues and executors, from fake headers.
//
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/folly
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/folly
// clang-format off

#include <folly/CancellationToken.h>
#include <folly/MPMCQueue.h>
#include <folly/OperationCancelled.h>
#include <folly/ScopeGuard.h>
#include <folly/channels/Channel.h>
#include <folly/concurrency/DynamicBoundedQueue.h>
#include <folly/concurrency/UnboundedQueue.h>
#include <folly/coro/AsyncPipe.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Baton.h>
#include <folly/coro/Mutex.h>
#include <folly/coro/Promise.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/UnboundedQueue.h>
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
  auto Answer = std::make_shared<folly::Promise<int>>();
  folly::SemiFuture<int> Result = Answer->getSemiFuture(); // ROLE: folly::Promise get-future
  Pool.add([Answer] { // ROLE: folly::CPUThreadPoolExecutor start
    if (prepare())
      Answer->setValue(1); // ROLE: folly::Promise fulfil
  });
  use(std::move(Result).get()); // ROLE: folly::SemiFuture join
}

void goodPromise(folly::CPUThreadPoolExecutor &Pool) {
  auto Answer = std::make_shared<folly::Promise<int>>();
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

// Tasks

folly::coro::Task<int> compute();
folly::coro::Task<void> step();

folly::coro::Task<void> badTask() {
  folly::coro::Task<int> Result = compute(); // never awaited
  co_return;
}

folly::coro::Task<void> goodTask() {
  folly::coro::Task<int> Result = compute();
  use(co_await std::move(Result));
  co_await folly::coro::sleep(1s); // ROLE: folly::coro::sleep sleep
}

void badTaskStarted(folly::Executor &Pool) {
  step().scheduleOn(&Pool); // ROLE: folly::coro::Task give-up
}

void goodTaskStarted(folly::Executor &Pool) {
  step().scheduleOn(&Pool).start(); // ROLE: folly::coro::Task give-up, folly::coro::TaskWithExecutor start
  step().semi().wait(); // ROLE: folly::coro::Task give-up, folly::SemiFuture wait
}

folly::coro::Task<void> badCoroBaton(folly::Executor &Pool) {
  folly::coro::Baton Done;
  Pool.add([&] { // ROLE: folly::Executor start
    if (prepare())
      Done.post(); // ROLE: folly::coro::Baton fulfil
  });
  co_await Done; // ROLE: folly::coro::Baton wait
}

folly::coro::Task<void> goodCoroBaton(folly::Executor &Pool) {
  folly::coro::Baton Done;
  Pool.add([&] { Done.post(); }); // ROLE: folly::Executor start, folly::coro::Baton fulfil
  co_await Done; // ROLE: folly::coro::Baton wait
}

folly::coro::Task<void> badCoroMutex(folly::coro::Mutex &Mutex) {
  co_await Mutex.co_lock(); // ROLE: folly::coro::Mutex acquire
  if (!prepare())
    co_return; // still locked
  Mutex.unlock(); // ROLE: folly::coro::Mutex release
}

folly::coro::Task<void> goodCoroMutex(folly::coro::Mutex &Mutex) {
  co_await Mutex.co_lock(); // ROLE: folly::coro::Mutex acquire
  prepare();
  Mutex.unlock(); // ROLE: folly::coro::Mutex release
  if (Mutex.try_lock()) // ROLE: folly::coro::Mutex try-acquire
    Mutex.unlock(); // ROLE: folly::coro::Mutex release
  auto Lock = co_await Mutex.co_scoped_lock();
}

folly::coro::Task<void> badCoroPromise(folly::coro::Promise<int> Answer, bool Ready) {
  if (Ready)
    Answer.setValue(1); // ROLE: folly::coro::Promise fulfil
  co_return;
}

folly::coro::Task<void> goodCoroPromise(folly::coro::Promise<int> Answer, bool Ready) {
  if (Ready)
    Answer.setValue(1); // ROLE: folly::coro::Promise fulfil
  else
    Answer.setException(std::runtime_error("not ready")); // ROLE: folly::coro::Promise fail
  co_return;
}

folly::coro::Task<int> goodCoroFuture(folly::coro::Future<int> Result) {
  co_return co_await std::move(Result); // ROLE: folly::coro::Future join
}

// Scopes

folly::coro::Task<void> badScope(folly::Executor &Pool) {
  folly::coro::AsyncScope Scope;
  Scope.add(step().scheduleOn(&Pool)); // ROLE: folly::coro::AsyncScope start, folly::coro::Task give-up
  if (!prepare())
    co_return; // the process ends: not joined
  co_await Scope.joinAsync(); // ROLE: folly::coro::AsyncScope join
}

folly::coro::Task<void> goodScope(folly::Executor &Pool) {
  folly::coro::AsyncScope Scope;
  Scope.add(step().scheduleOn(&Pool)); // ROLE: folly::coro::AsyncScope start, folly::coro::Task give-up
  co_await Scope.joinAsync(); // ROLE: folly::coro::AsyncScope join
}

folly::coro::Task<void> badCancellableScope(folly::Executor &Pool) {
  folly::coro::CancellableAsyncScope Scope;
  Scope.add(step().scheduleOn(&Pool)); // ROLE: folly::coro::CancellableAsyncScope start, folly::coro::Task give-up
  Scope.requestCancellation(); // ROLE: folly::coro::CancellableAsyncScope request-stop
  co_return;
}

folly::coro::Task<void> goodCancellableScope(folly::Executor &Pool) {
  folly::coro::CancellableAsyncScope Scope;
  Scope.add(step().scheduleOn(&Pool)); // ROLE: folly::coro::CancellableAsyncScope start, folly::coro::Task give-up
  co_await Scope.cancelAndJoinAsync(); // ROLE: folly::coro::CancellableAsyncScope join
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

folly::coro::Task<void> badCoroQueue() {
  folly::coro::UnboundedQueue<int> Queue;
  use(co_await Queue.dequeue()); // ROLE: folly::coro::UnboundedQueue receive
}

folly::coro::Task<void> goodCoroQueue() {
  folly::coro::UnboundedQueue<int> Queue;
  Queue.enqueue(1); // ROLE: folly::coro::UnboundedQueue send
  use(co_await Queue.dequeue()); // ROLE: folly::coro::UnboundedQueue receive
  use(co_await Queue.co_try_dequeue_for(1s)); // ROLE: folly::coro::UnboundedQueue try-receive
}

void badPipe(folly::coro::AsyncPipe<int> &Pipe) {
  Pipe.write(1); // ROLE: folly::coro::AsyncPipe send
}

void goodPipe(folly::coro::AsyncPipe<int> Pipe) {
  if (!Pipe.isClosed())
    Pipe.write(1); // ROLE: folly::coro::AsyncPipe send
  std::move(Pipe).close(); // ROLE: folly::coro::AsyncPipe close
}

folly::coro::Task<void> badBoundedPipe(folly::coro::BoundedAsyncPipe<int> &Pipe) {
  co_await Pipe.write(1); // ROLE: folly::coro::BoundedAsyncPipe send
}

folly::coro::Task<void> goodBoundedPipe(folly::coro::BoundedAsyncPipe<int> &Pipe) {
  if (!Pipe.try_write(1)) // ROLE: folly::coro::BoundedAsyncPipe try-send
    co_await Pipe.write(1); // ROLE: folly::coro::BoundedAsyncPipe send
  std::move(Pipe).close(); // ROLE: folly::coro::BoundedAsyncPipe close
}

void badSender(folly::channels::Sender<int> &Sender, bool Last) {
  Sender.write(1); // ROLE: folly::channels::Sender send
}

void goodSender(folly::channels::Sender<int> &Sender, bool Last) {
  if (!Sender.isReceiverCancelled()) // ROLE: folly::channels::Sender poll-stop
    Sender.write(1); // ROLE: folly::channels::Sender send
  if (Last)
    std::move(Sender).close(); // ROLE: folly::channels::Sender close
}

folly::coro::Task<void> badReceiver(folly::channels::Receiver<int> &Receiver) {
  while (true)
    co_await Receiver.next(); // ROLE: folly::channels::Receiver receive
}

folly::coro::Task<void> goodReceiver(folly::channels::Receiver<int> &Receiver) {
  while (auto Item = co_await Receiver.next()) // ROLE: folly::channels::Receiver receive
    use(*Item);
  std::move(Receiver).cancel(); // ROLE: folly::channels::Receiver close
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

folly::coro::Task<void> badCancelled() {
  while (true) {
    try {
      co_await step();
    } catch (const folly::OperationCancelled &) { // and goes on
    }
  }
}

folly::coro::Task<void> goodCancelled() {
  while (true) {
    try {
      co_await step();
    } catch (const folly::OperationCancelled &) {
      throw;
    }
  }
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
  folly::CPUThreadPoolExecutor Pool(4, std::make_shared<folly::NamedThreadFactory>("workers"));
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
