// folly's coroutines, from fake headers.
//
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/folly
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/folly
//
// Miss: the operator co_await that co_await calls by itself has rows, but isn't resolved yet; such lines have no ROLE.

// clang-format off

#include <folly/OperationCancelled.h>
#include <folly/channels/Channel.h>
#include <folly/coro/AsyncPipe.h>
#include <folly/coro/AsyncScope.h>
#include <folly/coro/Baton.h>
#include <folly/coro/Mutex.h>
#include <folly/coro/Promise.h>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/UnboundedQueue.h>

#include <stdexcept>
#include <utility>

using namespace std::chrono_literals;

bool prepare();
void use(int);

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
  co_await Done;
}

folly::coro::Task<void> goodCoroBaton(folly::Executor &Pool) {
  folly::coro::Baton Done;
  Pool.add([&] { Done.post(); }); // ROLE: folly::Executor start, folly::coro::Baton fulfil
  co_await Done;
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
  co_return co_await std::move(Result);
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

// Queues, pipes and channels

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
