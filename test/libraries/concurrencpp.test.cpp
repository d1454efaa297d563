// concurrencpp, from a fake header.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/concurrencpp.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/concurrencpp
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/concurrencpp
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/concurrencpp
//
// Miss: the operator co_await that co_await calls by itself has rows, but isn't resolved yet; such lines have no ROLE.

// clang-format off

#include <concurrencpp/concurrencpp.h>

using namespace std::chrono_literals;

void work();
bool prepare();
void use(int);

concurrencpp::lazy_result<int> compute();

// Executors and results

void badSubmitted(concurrencpp::thread_pool_executor &Pool) {
  concurrencpp::result<int> Answer = Pool.submit([]() -> int { // ROLE: concurrencpp::executor start
    for (;;)
      prepare();
  });
  use(Answer.get()); // ROLE: concurrencpp::result join
}

void goodSubmitted(concurrencpp::executor &Pool) {
  concurrencpp::result<int> Answer = Pool.submit([] { return 1; }); // ROLE: concurrencpp::executor start
  if (Answer.wait_for(1s) == concurrencpp::result_status::idle) // ROLE: concurrencpp::result try-wait
    Answer.wait(); // ROLE: concurrencpp::result wait
  if (Answer) // ROLE: concurrencpp::result test-live
    use(Answer.get()); // ROLE: concurrencpp::result join
}

void goodPosted() {
  concurrencpp::runtime Runtime;
  Runtime.thread_pool_executor()->post(work); // ROLE: concurrencpp::executor start
  Runtime.thread_pool_executor()->enqueue(concurrencpp::task(work)); // ROLE: concurrencpp::executor start
  Runtime.thread_pool_executor()->shutdown(); // ROLE: concurrencpp::executor join
}

void badManual(concurrencpp::manual_executor &Manual) {
  Manual.wait_for_task(); // ROLE: concurrencpp::manual_executor wait
}

void goodManual(concurrencpp::manual_executor &Manual) {
  Manual.post(work); // ROLE: concurrencpp::manual_executor start
  if (Manual.wait_for_task_for(100ms)) // ROLE: concurrencpp::manual_executor try-wait
    Manual.loop_once(); // ROLE: concurrencpp::manual_executor apply
}

void goodTask() {
  concurrencpp::task Task(work);
  Task(); // ROLE: concurrencpp::task apply
}

void badPromise(concurrencpp::result_promise<int> Answer, bool Ready) {
  if (Ready)
    Answer.set_result(1); // ROLE: concurrencpp::result_promise fulfil
}

void goodPromise(concurrencpp::executor &Pool) {
  concurrencpp::result_promise<int> Answer;
  concurrencpp::result<int> Result = Answer.get_result(); // ROLE: concurrencpp::result_promise get-future
  Pool.post([Answer = std::move(Answer)]() mutable { // ROLE: concurrencpp::executor start
    if (prepare())
      Answer.set_from_function([] { return 1; }); // ROLE: concurrencpp::result_promise fulfil
    else
      Answer.set_exception(std::exception_ptr()); // ROLE: concurrencpp::result_promise fail
  });
  use(Result.get()); // ROLE: concurrencpp::result join
}

void goodShared(concurrencpp::result<int> First) {
  concurrencpp::shared_result<int> Answer(std::move(First));
  concurrencpp::shared_result<int> Copy = Answer;
  Answer.wait(); // ROLE: concurrencpp::shared_result wait
  use(Copy.get()); // ROLE: concurrencpp::shared_result join
}

// Coroutines

concurrencpp::lazy_result<int> badLazy() {
  auto Dropped = compute(); // never run
  co_return 0;
}

concurrencpp::lazy_result<int> goodLazy() {
  auto Answer = compute();
  concurrencpp::result<int> Started = compute().run(); // ROLE: concurrencpp::lazy_result start
  int Sum = co_await Answer;
  co_return Sum + co_await Started;
}

concurrencpp::lazy_result<void> badLock(concurrencpp::async_lock &Lock) {
  if (co_await Lock.try_lock()) // ROLE: concurrencpp::async_lock try-acquire
    prepare(); // never unlocked
}

concurrencpp::lazy_result<void> goodLock(concurrencpp::async_lock &Lock, std::shared_ptr<concurrencpp::executor> Pool) {
  if (co_await Lock.try_lock()) // ROLE: concurrencpp::async_lock try-acquire
    Lock.unlock(); // ROLE: concurrencpp::async_lock release
  auto Guard = co_await Lock.lock(Pool);
  Guard.unlock(); // ROLE: concurrencpp::scoped_async_lock release
}

concurrencpp::lazy_result<void> badCondition(concurrencpp::async_condition_variable &Condition,
                                             concurrencpp::scoped_async_lock &Lock,
                                             std::shared_ptr<concurrencpp::executor> Pool) {
  co_await Condition.await(Pool, Lock); // ROLE: concurrencpp::async_condition_variable wait
}

concurrencpp::lazy_result<void> goodCondition(concurrencpp::async_condition_variable &Condition,
                                              concurrencpp::scoped_async_lock &Lock,
                                              std::shared_ptr<concurrencpp::executor> Pool, bool &Ready) {
  co_await Condition.await(Pool, Lock, [&] { return Ready; }); // ROLE: concurrencpp::async_condition_variable wait
  Condition.notify_one(); // ROLE: concurrencpp::async_condition_variable notify-one
  Condition.notify_all(); // ROLE: concurrencpp::async_condition_variable notify-all
}

// Timers

void badTimer(concurrencpp::timer_queue &Timers, std::shared_ptr<concurrencpp::executor> Pool) {
  Timers.make_timer(1s, 1s, Pool, work); // ROLE: concurrencpp::timer_queue arm
} // and cancelled at once

void goodTimer(concurrencpp::timer_queue &Timers, std::shared_ptr<concurrencpp::executor> Pool) {
  concurrencpp::timer Timer = Timers.make_timer(1s, 1s, Pool, work); // ROLE: concurrencpp::timer_queue arm
  concurrencpp::timer Once = Timers.make_one_shot_timer(1s, Pool, work); // ROLE: concurrencpp::timer_queue arm
  prepare();
  Timer.cancel(); // ROLE: concurrencpp::timer disarm
}

concurrencpp::lazy_result<void> goodDelay(concurrencpp::timer_queue &Timers, std::shared_ptr<concurrencpp::executor> Pool) {
  co_await Timers.make_delay_object(1s, Pool); // ROLE: concurrencpp::timer_queue sleep
  Timers.shutdown(); // ROLE: concurrencpp::timer_queue join
}
