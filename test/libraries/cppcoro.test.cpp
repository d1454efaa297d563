// cppcoro, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/cppcoro.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/cppcoro
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/cppcoro
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/cppcoro
//
// Miss: the operator co_await that co_await calls by itself has rows, but isn't resolved yet; such lines have no ROLE.

// clang-format off

#include <cppcoro/async_auto_reset_event.hpp>
#include <cppcoro/async_latch.hpp>
#include <cppcoro/async_manual_reset_event.hpp>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/cancellation_registration.hpp>
#include <cppcoro/cancellation_source.hpp>
#include <cppcoro/cancellation_token.hpp>
#include <cppcoro/io_service.hpp>
#include <cppcoro/shared_task.hpp>
#include <cppcoro/single_consumer_async_auto_reset_event.hpp>
#include <cppcoro/single_consumer_event.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/sync_wait.hpp>
#include <cppcoro/task.hpp>

#include <thread>

using namespace std::chrono_literals;

bool prepare();
void use(int);
cppcoro::task<int> compute();
cppcoro::task<> step();

// Tasks

cppcoro::task<> badTask() {
  cppcoro::task<int> Dropped = compute();
  co_return;
}

cppcoro::task<> goodTask(cppcoro::shared_task<int> Shared) {
  cppcoro::task<int> Answer = compute();
  use(co_await Answer);
  use(co_await Shared);
}

void goodWaited() {
  use(cppcoro::sync_wait(compute())); // ROLE: cppcoro::sync_wait join
}

cppcoro::task<> badScope(cppcoro::static_thread_pool &Pool) {
  cppcoro::async_scope Scope;
  Scope.spawn(step()); // ROLE: cppcoro::async_scope start
  if (!prepare())
    co_return; // never joined
  co_await Scope.join(); // ROLE: cppcoro::async_scope join
}

cppcoro::task<> goodScope(cppcoro::static_thread_pool &Pool) {
  co_await Pool.schedule();
  cppcoro::async_scope Scope;
  Scope.spawn(step()); // ROLE: cppcoro::async_scope start
  co_await Scope.join(); // ROLE: cppcoro::async_scope join
}

// Counters and events

cppcoro::task<> badLatch() {
  cppcoro::async_latch Done(2);
  Done.count_down(); // ROLE: cppcoro::async_latch count-down
  co_await Done;
}

cppcoro::task<> goodLatch() {
  cppcoro::async_latch Done(2);
  Done.count_down(2); // ROLE: cppcoro::async_latch count-down
  co_await Done;
}

cppcoro::task<> badManual() {
  cppcoro::async_manual_reset_event Ready;
  if (prepare())
    Ready.set(); // ROLE: cppcoro::async_manual_reset_event fulfil
  co_await Ready;
}

cppcoro::task<> goodManual() {
  cppcoro::async_manual_reset_event Ready;
  Ready.set(); // ROLE: cppcoro::async_manual_reset_event fulfil
  co_await Ready;
  Ready.reset();
}

cppcoro::task<> badAuto() {
  cppcoro::async_auto_reset_event Ready;
  co_await Ready;
}

cppcoro::task<> goodAuto(cppcoro::async_auto_reset_event &Ready, cppcoro::single_consumer_async_auto_reset_event &Other) {
  Ready.set(); // ROLE: cppcoro::async_auto_reset_event fulfil
  co_await Ready;
  Other.set(); // ROLE: cppcoro::single_consumer_async_auto_reset_event fulfil
  co_await Other;
}

cppcoro::task<> badSingle() {
  cppcoro::single_consumer_event Ready;
  co_await Ready;
}

cppcoro::task<> goodSingle() {
  cppcoro::single_consumer_event Ready(true);
  co_await Ready;
  Ready.reset();
  Ready.set(); // ROLE: cppcoro::single_consumer_event fulfil
}

cppcoro::task<> badMutex(cppcoro::async_mutex &Mutex) {
  co_await Mutex.lock_async(); // ROLE: cppcoro::async_mutex acquire
  if (!prepare())
    co_return;
  Mutex.unlock(); // ROLE: cppcoro::async_mutex release
}

cppcoro::task<> goodMutex(cppcoro::async_mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: cppcoro::async_mutex try-acquire
    Mutex.unlock(); // ROLE: cppcoro::async_mutex release
  auto Lock = co_await Mutex.scoped_lock_async();
}

// Cancellation

void badSource() {
  cppcoro::cancellation_source Source;
  std::thread Worker([Token = Source.token()] { // ROLE: std::thread start, cppcoro::cancellation_source get-token
    while (!Token.is_cancellation_requested()) // ROLE: cppcoro::cancellation_token poll-stop
      prepare();
  });
  Worker.join(); // ROLE: std::thread join
}

void goodSource() {
  cppcoro::cancellation_source Source;
  std::thread Worker([Token = Source.token()] { // ROLE: std::thread start, cppcoro::cancellation_source get-token
    for (;;) {
      Token.throw_if_cancellation_requested(); // ROLE: cppcoro::cancellation_token poll-stop
      prepare();
    }
  });
  Source.request_cancellation(); // ROLE: cppcoro::cancellation_source request-stop
  Worker.join(); // ROLE: std::thread join
}

cppcoro::task<> badRegistration(cppcoro::cancellation_token Token, cppcoro::single_consumer_event &Ready) {
  cppcoro::cancellation_registration(Token, [&] { Ready.set(); }); // ROLE: cppcoro::cancellation_registration arm, cppcoro::single_consumer_event fulfil
  co_await Ready;
}

cppcoro::task<> goodRegistration(cppcoro::cancellation_token Token, cppcoro::single_consumer_event &Ready) {
  cppcoro::cancellation_registration Stop(Token, [&] { Ready.set(); }); // ROLE: cppcoro::cancellation_registration arm, cppcoro::single_consumer_event fulfil
  co_await Ready;
}

// Event loops

void badService(cppcoro::io_service &Service) {
  Service.notify_work_started(); // ROLE: cppcoro::io_service count-up
  std::thread Worker([&] { Service.process_events(); }); // ROLE: std::thread start, cppcoro::io_service block
  Worker.join(); // ROLE: std::thread join
}

void goodService(cppcoro::io_service &Service) {
  Service.notify_work_started(); // ROLE: cppcoro::io_service count-up
  std::thread Worker([&] { Service.process_events(); }); // ROLE: std::thread start, cppcoro::io_service block
  Service.notify_work_finished(); // ROLE: cppcoro::io_service count-down
  Service.stop(); // ROLE: cppcoro::io_service request-stop
  Worker.join(); // ROLE: std::thread join
}

cppcoro::task<> goodDelay(cppcoro::io_service &Service, cppcoro::cancellation_token Token) {
  co_await Service.schedule_after(1s, Token); // ROLE: cppcoro::io_service sleep
}
