// YACLib, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/yaclib.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/yaclib
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/yaclib
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 --silent -- -isystem %S/Inputs/yaclib

// clang-format off

#include <yaclib/algo/one_shot_event.hpp>
#include <yaclib/algo/wait_group.hpp>
#include <yaclib/async/contract.hpp>
#include <yaclib/async/future.hpp>
#include <yaclib/async/run.hpp>
#include <yaclib/async/wait.hpp>
#include <yaclib/async/wait_for.hpp>
#include <yaclib/coro/mutex.hpp>
#include <yaclib/exe/executor.hpp>
#include <yaclib/exe/submit.hpp>
#include <yaclib/lazy/schedule.hpp>
#include <yaclib/lazy/task.hpp>
#include <yaclib/runtime/fair_thread_pool.hpp>

#include <utility>

using namespace std::chrono_literals;

void work();
bool prepare();
void use(int);

// Pools

void badPool() {
  yaclib::FairThreadPool Pool(4);
  yaclib::Submit(Pool, work); // ROLE: yaclib::Submit start
  if (!prepare())
    return; // not waited for
  Pool.Stop(); // ROLE: yaclib::FairThreadPool request-stop
  Pool.Wait(); // ROLE: yaclib::FairThreadPool join
}

void goodPool(yaclib::Job &Job) {
  yaclib::FairThreadPool Pool(4);
  yaclib::Submit(Pool, work); // ROLE: yaclib::Submit start
  Pool.Submit(Job); // ROLE: yaclib::FairThreadPool start
  Pool.SoftStop(); // ROLE: yaclib::FairThreadPool request-stop
  Pool.Wait(); // ROLE: yaclib::FairThreadPool join
}

void goodShared() {
  auto Pool = yaclib::MakeFairThreadPool(4);
  yaclib::Submit(*Pool, work); // ROLE: yaclib::Submit start
  Pool->HardStop(); // ROLE: yaclib::FairThreadPool request-stop
  Pool->Wait(); // ROLE: yaclib::FairThreadPool join
}

void goodExecutor(yaclib::IExecutor &Where, yaclib::Job &Job) {
  if (Where.Alive())
    Where.Submit(Job); // ROLE: yaclib::IExecutor start
}

// Futures, promises and tasks

void badPromise(yaclib::Promise<int, yaclib::StopError> Answer, bool Ready) {
  if (Ready)
    std::move(Answer).Set(1); // ROLE: yaclib::Promise fulfil
}

void goodPromise(yaclib::Promise<int, yaclib::StopError> Answer, bool Ready) {
  if (Ready)
    std::move(Answer).Set(1); // ROLE: yaclib::Promise fulfil
  else
    std::move(Answer).Set(yaclib::StopError()); // ROLE: yaclib::Promise fulfil
}

void badContract() {
  auto [Result, Answer] = yaclib::MakeContract<int>();
  use(std::move(Result).Get().Ok()); // ROLE: yaclib::Future join
  std::move(Answer).Set(1); // ROLE: yaclib::Promise fulfil
}

void goodContract() {
  auto [Result, Answer] = yaclib::MakeContract<int>();
  std::move(Answer).Set(1); // ROLE: yaclib::Promise fulfil
  use(std::move(Result).Get().Ok()); // ROLE: yaclib::Future join
}

void goodRun(yaclib::IExecutor &Where) {
  auto First = yaclib::Run(Where, [] { return 1; }); // ROLE: yaclib::Run start
  auto Second = yaclib::Run([] { return 2; }); // ROLE: yaclib::Run start
  yaclib::Wait(First, Second); // ROLE: yaclib::Wait wait
  if (!yaclib::WaitFor(1s, First)) // ROLE: yaclib::WaitFor try-wait
    return;
  std::move(First).Then([](int) { return 3; }).Detach(); // ROLE: yaclib::FutureOn start, yaclib::FutureOn detach
  std::move(Second).Then(Where, [](int) { return 4; }).Detach([](int) {}); // ROLE: yaclib::Future start, yaclib::FutureOn detach
}

void badTask(yaclib::IExecutor &Where) {
  auto Task = yaclib::Schedule(Where, [] { return 1; }); // never run
}

void goodTask(yaclib::IExecutor &Where) {
  auto Task = yaclib::Schedule(Where, [] { return 1; });
  use(std::move(Task).Get().Ok()); // ROLE: yaclib::Task join
  yaclib::Schedule([] { return 2; }).Detach(); // ROLE: yaclib::Task detach
  use(yaclib::Schedule([] { return 3; }).ToFuture().Get().Ok()); // ROLE: yaclib::Task start, yaclib::Future join
  yaclib::Schedule([] { return 4; }).Cancel(); // ROLE: yaclib::Task cancel
}

// Counters, events and locks

void badWaitGroup(yaclib::IExecutor &Where) {
  yaclib::WaitGroup<> Done(1);
  yaclib::Submit(Where, [&] { // ROLE: yaclib::Submit start
    if (prepare())
      Done.Done(); // ROLE: yaclib::WaitGroup count-down
  });
  Done.Wait(); // ROLE: yaclib::WaitGroup wait
}

void goodWaitGroup(yaclib::IExecutor &Where) {
  yaclib::WaitGroup<> Done;
  for (int I = 0; I != 4; ++I) {
    Done.Add(); // ROLE: yaclib::WaitGroup count-up
    yaclib::Submit(Where, [&] { Done.Done(); }); // ROLE: yaclib::Submit start, yaclib::WaitGroup count-down
  }
  if (!Done.WaitFor(1s)) // ROLE: yaclib::WaitGroup try-wait
    Done.Wait(); // ROLE: yaclib::WaitGroup wait
}

void badEvent() {
  yaclib::OneShotEvent Ready;
  if (prepare())
    Ready.Set(); // ROLE: yaclib::OneShotEvent fulfil
  Ready.Wait(); // ROLE: yaclib::OneShotEvent wait
}

void goodEvent() {
  yaclib::OneShotEvent Ready;
  Ready.Set(); // ROLE: yaclib::OneShotEvent fulfil
  if (!Ready.WaitFor(1s)) // ROLE: yaclib::OneShotEvent try-wait
    Ready.Wait(); // ROLE: yaclib::OneShotEvent wait
  Ready.Reset();
}

void badMutex(yaclib::Mutex<> &Mutex) {
  if (Mutex.TryLock()) // ROLE: yaclib::Mutex try-acquire
    prepare(); // never unlocked
}

void goodMutex(yaclib::Mutex<> &Mutex) {
  if (Mutex.TryLock()) // ROLE: yaclib::Mutex try-acquire
    Mutex.UnlockHere(); // ROLE: yaclib::Mutex release
}
