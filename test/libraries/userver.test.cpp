// userver, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/userver.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/userver
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/userver
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 --silent -- -isystem %S/Inputs/userver

// clang-format off

#include <userver/concurrent/background_task_storage.hpp>
#include <userver/concurrent/queue.hpp>
#include <userver/engine/async.hpp>
#include <userver/engine/condition_variable.hpp>
#include <userver/engine/future.hpp>
#include <userver/engine/mutex.hpp>
#include <userver/engine/semaphore.hpp>
#include <userver/engine/single_consumer_event.hpp>
#include <userver/engine/single_use_event.hpp>
#include <userver/engine/sleep.hpp>
#include <userver/engine/task/cancel.hpp>
#include <userver/engine/task/task.hpp>
#include <userver/engine/task/task_with_result.hpp>
#include <userver/engine/wait_all_checked.hpp>
#include <userver/utils/async.hpp>
#include <userver/utils/impl/wait_token_storage.hpp>
#include <userver/utils/periodic_task.hpp>

#include <mutex>
#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;
using namespace userver;

void work();
bool prepare();
void use(int);

// Tasks cancel and wait by themselves.

void badTask() {
  auto Task = engine::AsyncNoSpan([] { // ROLE: userver::engine::AsyncNoSpan start
    for (;;)
      prepare(); // never ends: looks at no cancellation
  });
}

void goodTask(engine::TaskProcessor &Where) {
  auto First = engine::AsyncNoSpan([] { return 1; }); // ROLE: userver::engine::AsyncNoSpan start
  auto Second = utils::Async("second", [] { // ROLE: userver::utils::Async start
    while (!engine::current_task::ShouldCancel()) // ROLE: userver::engine::current_task::ShouldCancel poll-stop
      engine::InterruptibleSleepFor(1s); // ROLE: userver::engine::InterruptibleSleepFor sleep
  });
  Second.RequestCancel(); // ROLE: userver::engine::TaskWithResult request-stop
  engine::WaitAllChecked(First); // ROLE: userver::engine::WaitAllChecked wait
  use(First.Get()); // ROLE: userver::engine::TaskWithResult join
  auto Third = engine::AsyncNoSpan(Where, work); // ROLE: userver::engine::AsyncNoSpan start
  Third.WaitFor(1s); // ROLE: userver::engine::TaskWithResult try-join
  if (Third.IsValid()) // ROLE: userver::engine::TaskWithResult test-live
    Third.SyncCancel(); // ROLE: userver::engine::TaskWithResult join
}

void goodTaskDetached() {
  engine::Task Task = engine::CriticalAsyncNoSpan(work); // ROLE: userver::engine::CriticalAsyncNoSpan start
  std::move(Task).Detach(); // ROLE: userver::engine::Task detach
}

void goodTaskShared() {
  auto Task = engine::SharedAsyncNoSpan([] { return 1; }); // ROLE: userver::engine::SharedAsyncNoSpan start
  auto Copy = Task;
  use(Copy.Get()); // ROLE: userver::engine::SharedTaskWithResult join
}

void goodStorage(engine::Task Task) {
  concurrent::BackgroundTaskStorage Storage;
  Storage.AsyncDetach("work", work); // ROLE: userver::concurrent::BackgroundTaskStorage start
  Storage.CancelAndWait(); // ROLE: userver::concurrent::BackgroundTaskStorage join
  concurrent::BackgroundTaskStorageCore Core;
  Core.Detach(std::move(Task)); // ROLE: userver::concurrent::BackgroundTaskStorageCore start
  Core.CancelAndWait(); // ROLE: userver::concurrent::BackgroundTaskStorageCore join
}

void badStorage(int &Result) {
  static concurrent::BackgroundTaskStorage Storage;
  int Local = 0;
  Storage.AsyncDetach("work", [&] { Result = Local; }); // ROLE: userver::concurrent::BackgroundTaskStorage start
}

// Promises

void badPromise(engine::Promise<int> &Answer, bool Ready) {
  if (Ready)
    Answer.set_value(1); // ROLE: userver::engine::Promise fulfil
}

void goodPromise(bool Ready) {
  engine::Promise<int> Answer;
  engine::Future<int> Result = Answer.get_future(); // ROLE: userver::engine::Promise get-future
  if (Ready)
    Answer.set_value(1); // ROLE: userver::engine::Promise fulfil
  else
    Answer.set_exception(std::make_exception_ptr(std::runtime_error("not ready"))); // ROLE: userver::engine::Promise fail
  if (Result.wait_for(1s) == engine::FutureStatus::kReady || // ROLE: userver::engine::Future try-wait
      Result.wait() == engine::FutureStatus::kReady) // ROLE: userver::engine::Future wait
    use(Result.get()); // ROLE: userver::engine::Future join
}

// Queues

void badQueue() {
  auto Queue = concurrent::SpscQueue<int>::Create();
  auto Producer = Queue->GetProducer();
  auto Consumer = Queue->GetConsumer();
  int Item;
  while (Consumer.Pop(Item)) // ROLE: userver::concurrent::Consumer receive
    use(Item);
}

void goodQueue() {
  auto Queue = concurrent::SpscQueue<int>::Create();
  auto Producer = Queue->GetProducer();
  auto Consumer = Queue->GetConsumer();
  if (Producer.Push(1)) // ROLE: userver::concurrent::Producer send
    std::move(Producer).Reset(); // ROLE: userver::concurrent::Producer close
  int Item;
  while (Consumer.Pop(Item)) // ROLE: userver::concurrent::Consumer receive
    use(Item);
}

bool goodQueueBounded(engine::Deadline Deadline) {
  auto Queue = concurrent::NonFifoMpmcQueue<int>::Create(10);
  auto Producer = Queue->GetMultiProducer();
  auto Consumer = Queue->GetMultiConsumer();
  int Item;
  return Producer.PushNoblock(1) && // ROLE: userver::concurrent::Producer try-send
         Producer.Push(2, Deadline) && // ROLE: userver::concurrent::Producer try-send
         Consumer.PopNoblock(Item) && // ROLE: userver::concurrent::Consumer try-receive
         Consumer.Pop(Item, Deadline); // ROLE: userver::concurrent::Consumer try-receive
}

// Counters and events

void badTokens() {
  utils::impl::WaitTokenStorage Storage;
  auto Token = Storage.GetToken(); // ROLE: userver::utils::impl::WaitTokenStorage count-up
  Storage.WaitForAllTokens(); // ROLE: userver::utils::impl::WaitTokenStorage wait
}

void goodTokens() {
  utils::impl::WaitTokenStorage Storage;
  {
    auto Token = Storage.GetToken(); // ROLE: userver::utils::impl::WaitTokenStorage count-up
    utils::impl::WaitTokenStorage::Token Other(Storage); // ROLE: userver::utils::impl::WaitTokenStorage::Token acquire
  }
  Storage.WaitForAllTokens(); // ROLE: userver::utils::impl::WaitTokenStorage wait
}

bool badEvent() {
  engine::SingleConsumerEvent Ready;
  if (prepare())
    Ready.Send(); // ROLE: userver::engine::SingleConsumerEvent fulfil
  return Ready.WaitForEvent(); // ROLE: userver::engine::SingleConsumerEvent wait
}

bool goodEvent(engine::Deadline Deadline) {
  engine::SingleConsumerEvent Ready(engine::SingleConsumerEvent::NoAutoReset{});
  Ready.Send(); // ROLE: userver::engine::SingleConsumerEvent fulfil
  if (Ready.WaitForEventFor(1s)) // ROLE: userver::engine::SingleConsumerEvent try-wait
    Ready.Reset();
  return Ready.WaitUntil(Deadline, prepare); // ROLE: userver::engine::SingleConsumerEvent try-wait
}

void badSingleUse() {
  engine::SingleUseEvent Ready;
  if (prepare())
    Ready.Send(); // ROLE: userver::engine::SingleUseEvent fulfil
  Ready.WaitNonCancellable(); // ROLE: userver::engine::SingleUseEvent wait
}

void goodSingleUse(engine::Deadline Deadline) {
  engine::SingleUseEvent Ready;
  Ready.Send(); // ROLE: userver::engine::SingleUseEvent fulfil
  if (Ready.WaitUntil(Deadline) != engine::FutureStatus::kReady) // ROLE: userver::engine::SingleUseEvent try-wait
    Ready.Wait(); // ROLE: userver::engine::SingleUseEvent wait
}

// Permits and conditions

void badMutex(engine::Mutex &Mutex) {
  Mutex.lock(); // ROLE: userver::engine::Mutex acquire
  if (prepare())
    Mutex.unlock(); // ROLE: userver::engine::Mutex release
}

void goodMutex(engine::Mutex &Mutex, engine::Deadline Deadline) {
  if (Mutex.try_lock() || Mutex.try_lock_until(Deadline)) // ROLE: userver::engine::Mutex try-acquire, userver::engine::Mutex try-acquire
    Mutex.unlock(); // ROLE: userver::engine::Mutex release
  std::lock_guard<engine::Mutex> Guard(Mutex); // ROLE: std::lock_guard acquire
}

void badSemaphore(engine::Semaphore &Semaphore) {
  Semaphore.lock_shared(); // ROLE: userver::engine::Semaphore acquire
  if (prepare())
    Semaphore.unlock_shared(); // ROLE: userver::engine::Semaphore release
}

void goodSemaphore(engine::Semaphore &Semaphore, engine::CancellableSemaphore &Other) {
  Semaphore.lock_shared_count(2); // ROLE: userver::engine::Semaphore acquire
  Semaphore.unlock_shared_count(2); // ROLE: userver::engine::Semaphore release
  if (Other.try_lock_shared_for(1s)) // ROLE: userver::engine::CancellableSemaphore try-acquire
    Other.unlock_shared(); // ROLE: userver::engine::CancellableSemaphore release
}

void badCondition(engine::ConditionVariable &Condition, engine::Mutex &Mutex, bool &Ready) {
  std::unique_lock<engine::Mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
  if (!Ready)
    (void)Condition.Wait(Lock); // ROLE: userver::engine::ConditionVariable wait
}

void goodCondition(engine::ConditionVariable &Condition, engine::Mutex &Mutex, bool &Ready) {
  std::unique_lock<engine::Mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
  if (!Condition.Wait(Lock, [&] { return Ready; })) // ROLE: userver::engine::ConditionVariable wait
    return;
  Condition.WaitFor(Lock, 1s, [&] { return Ready; }); // ROLE: userver::engine::ConditionVariable try-wait
  Condition.NotifyOne(); // ROLE: userver::engine::ConditionVariable notify-one
  Condition.NotifyAll(); // ROLE: userver::engine::ConditionVariable notify-all
}

// Cancellation and timers

void goodToken(engine::Task &Task) {
  engine::TaskCancellationToken Token(Task);
  Token.RequestCancel(); // ROLE: userver::engine::TaskCancellationToken request-stop
  Task.Wait(); // ROLE: userver::engine::Task join
}

void badToken(engine::Task &Task) {
  engine::TaskCancellationToken Token(Task);
  Task.Wait(); // ROLE: userver::engine::Task join
}

void badPeriodic() {
  static utils::PeriodicTask Timer("timer", utils::PeriodicTask::Settings(10ms), work); // ROLE: userver::utils::PeriodicTask arm
}

void goodPeriodic() {
  utils::PeriodicTask Timer;
  Timer.Start("timer", utils::PeriodicTask::Settings(10ms), work); // ROLE: userver::utils::PeriodicTask arm
  prepare();
  Timer.Stop(); // ROLE: userver::utils::PeriodicTask disarm
}
