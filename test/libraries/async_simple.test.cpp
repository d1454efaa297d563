// async_simple, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/async_simple.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/async_simple
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/async_simple
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/async_simple
//
// Miss: the operator co_await that co_await calls by itself has rows, but isn't resolved yet; such lines have no ROLE.

// clang-format off

#include <async_simple/Executor.h>
#include <async_simple/Future.h>
#include <async_simple/Promise.h>
#include <async_simple/Signal.h>
#include <async_simple/coro/ConditionVariable.h>
#include <async_simple/coro/Latch.h>
#include <async_simple/coro/Lazy.h>
#include <async_simple/coro/Mutex.h>
#include <async_simple/coro/Semaphore.h>
#include <async_simple/coro/Sleep.h>
#include <async_simple/coro/SpinLock.h>
#include <async_simple/coro/SyncAwait.h>
#include <async_simple/executors/SimpleExecutor.h>
#include <async_simple/uthread/Async.h>
#include <async_simple/uthread/Await.h>
#include <async_simple/uthread/Latch.h>
#include <async_simple/util/Queue.h>
#include <async_simple/util/ThreadPool.h>

#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using async_simple::Executor;
using async_simple::coro::Lazy;

void work();
bool prepare();
void use(int);
Lazy<int> compute();
Lazy<> step();

// Lazy

Lazy<> badLazy() {
  Lazy<int> Dropped = compute();
  co_return;
}

Lazy<> goodLazy() {
  use(co_await compute());
  co_await async_simple::coro::sleep(1s); // ROLE: async_simple::coro::sleep sleep
}

void goodStarted(Executor &Where) {
  compute().start([](int) {}); // ROLE: async_simple::coro::Lazy start
  compute().directlyStart([](int) {}, &Where); // ROLE: async_simple::coro::Lazy start
  step().via(&Where).detach(); // ROLE: async_simple::coro::Lazy give-up, async_simple::coro::RescheduleLazy detach
  step().via(&Where).start([] {}); // ROLE: async_simple::coro::Lazy give-up, async_simple::coro::RescheduleLazy start
  use(async_simple::coro::syncAwait(compute())); // ROLE: async_simple::coro::syncAwait join
}

// Promise and Future

void badPromise(async_simple::Promise<int> &Answer, bool Ready) {
  if (Ready) // who waits otherwise waits on
    Answer.setValue(1); // ROLE: async_simple::Promise fulfil
}

void goodPromise(bool Ready) {
  async_simple::Promise<int> Answer;
  async_simple::Future<int> Result = Answer.getFuture(); // ROLE: async_simple::Promise get-future
  if (Ready)
    Answer.setValue(1); // ROLE: async_simple::Promise fulfil
  else
    Answer.setException(std::make_exception_ptr(std::runtime_error("not ready"))); // ROLE: async_simple::Promise fail
  Result.wait(); // ROLE: async_simple::Future wait
  if (Result.valid()) // ROLE: async_simple::Future test-live
    use(std::move(Result).get()); // ROLE: async_simple::Future join
}

void goodContinued(async_simple::Future<int> Result, Executor &Where) {
  std::move(Result).via(&Where) // ROLE: async_simple::Future give-up
      .thenValue([](int V) { return V; }) // ROLE: async_simple::Future start
      .setContinuation([](int) {}); // ROLE: async_simple::Future detach
}

// Executors

void badPool() {
  async_simple::executors::SimpleExecutor Pool(4);
  Pool.schedule([] { // ROLE: async_simple::executors::SimpleExecutor start
    for (;;)
      prepare();
  });
}

void goodPool() {
  async_simple::executors::SimpleExecutor Pool(4);
  Pool.schedule(work); // ROLE: async_simple::executors::SimpleExecutor start
}

bool goodCheckin(Executor &Where) {
  Executor::Context Context = Where.checkout();
  return Where.schedule(work) || Where.checkin(work, Context); // ROLE: async_simple::Executor start, async_simple::Executor start
}

void goodThreadPool() {
  async_simple::util::ThreadPool Pool(4);
  Pool.scheduleById(work); // ROLE: async_simple::util::ThreadPool start
}

void badQueue(async_simple::util::Queue<int> &Queue) {
  Queue.push(1); // ROLE: async_simple::util::Queue send
  int Item;
  while (Queue.pop(Item)) // ROLE: async_simple::util::Queue receive
    use(Item);
}

void goodQueue(async_simple::util::Queue<int> &Queue) {
  Queue.push(1); // ROLE: async_simple::util::Queue send
  Queue.stop(); // ROLE: async_simple::util::Queue close
  int Item;
  while (Queue.pop(Item)) // ROLE: async_simple::util::Queue receive
    use(Item);
}

void goodQueueTried(async_simple::util::Queue<int> &Queue) {
  int Item = 1;
  if (Queue.try_push(Item)) // ROLE: async_simple::util::Queue try-send
    Queue.try_pop(Item); // ROLE: async_simple::util::Queue try-receive
}

// Counters, locks and conditions

Lazy<> badLatch() {
  async_simple::coro::Latch Done(2);
  co_await Done.count_down(); // ROLE: async_simple::coro::Latch count-down
  co_await Done.wait(); // ROLE: async_simple::coro::Latch wait
}

Lazy<> goodLatch() {
  async_simple::coro::Latch Done(2);
  co_await Done.count_down(); // ROLE: async_simple::coro::Latch count-down
  co_await Done.arrive_and_wait(); // ROLE: async_simple::coro::Latch arrive
}

void badUthreads(Executor &Where) {
  async_simple::uthread::Latch Done(2); // one is started
  async_simple::uthread::async<async_simple::uthread::Launch::Schedule>([&] { Done.downCount(); }, &Where); // ROLE: async_simple::uthread::async start, async_simple::uthread::Latch count-down
  Done.await(&Where); // ROLE: async_simple::uthread::Latch wait
}

void goodUthreads(Executor &Where) {
  async_simple::uthread::Latch Done(1);
  async_simple::uthread::async<async_simple::uthread::Launch::Schedule>([&] { Done.downCount(); }, &Where); // ROLE: async_simple::uthread::async start, async_simple::uthread::Latch count-down
  Done.await(&Where); // ROLE: async_simple::uthread::Latch wait
}

int goodAwaited(async_simple::Future<int> Result) {
  return async_simple::uthread::await(std::move(Result)); // ROLE: async_simple::uthread::await join
}

Lazy<> badSemaphore(async_simple::coro::CountingSemaphore<> &Semaphore) {
  co_await Semaphore.acquire(); // ROLE: async_simple::coro::CountingSemaphore acquire
  if (!prepare())
    co_return;
  co_await Semaphore.release(); // ROLE: async_simple::coro::CountingSemaphore release
}

Lazy<> goodSemaphore(async_simple::coro::CountingSemaphore<> &Semaphore) {
  if (co_await Semaphore.try_acquire()) // ROLE: async_simple::coro::CountingSemaphore try-acquire
    co_await Semaphore.release(); // ROLE: async_simple::coro::CountingSemaphore release
}

Lazy<> badMutex(async_simple::coro::Mutex &Mutex) {
  co_await Mutex.coLock(); // ROLE: async_simple::coro::Mutex acquire
  if (prepare())
    Mutex.unlock(); // ROLE: async_simple::coro::Mutex release
}

Lazy<> goodMutex(async_simple::coro::Mutex &Mutex, async_simple::coro::SpinLock &Spin) {
  if (Mutex.tryLock()) // ROLE: async_simple::coro::Mutex try-acquire
    Mutex.unlock(); // ROLE: async_simple::coro::Mutex release
  auto Lock = co_await Mutex.coScopedLock();
  Spin.lock(); // ROLE: async_simple::coro::SpinLock acquire
  Spin.unlock(); // ROLE: async_simple::coro::SpinLock release
  async_simple::coro::ScopedSpinLock Guard(Spin); // ROLE: async_simple::coro::ScopedSpinLock acquire
}

Lazy<> badCondition(async_simple::coro::ConditionVariable<async_simple::coro::Mutex> &Condition, bool &Ready) {
  Condition.notifyOne(); // ROLE: async_simple::coro::ConditionVariable notify-one
  Ready = true;
  co_return;
}

Lazy<> goodCondition(async_simple::coro::ConditionVariable<async_simple::coro::Mutex> &Condition,
                     async_simple::coro::Mutex &Mutex, bool &Ready) {
  co_await Mutex.coLock(); // ROLE: async_simple::coro::Mutex acquire
  co_await Condition.wait(Mutex, [&] { return Ready; }); // ROLE: async_simple::coro::ConditionVariable wait
  Mutex.unlock(); // ROLE: async_simple::coro::Mutex release
  Condition.notifyAll(); // ROLE: async_simple::coro::ConditionVariable notify-all
}

// Cancellation

void badSignal() {
  auto Signal = async_simple::Signal::create();
  async_simple::Slot Slot(Signal.get());
  while (!Slot.canceled()) // ROLE: async_simple::Slot poll-stop
    prepare();
}

void goodSignal() {
  auto Signal = async_simple::Signal::create();
  async_simple::Slot Slot(Signal.get());
  bool Placed = Slot.emplace(async_simple::Terminate, [](auto, auto *) {}); // ROLE: async_simple::Slot arm
  Signal->emits(async_simple::Terminate); // ROLE: async_simple::Signal request-stop
  if (Placed && !Slot.hasTriggered(async_simple::Terminate)) // ROLE: async_simple::Slot poll-stop
    Slot.clear(async_simple::Terminate); // ROLE: async_simple::Slot disarm
}
