// libunifex, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/libunifex.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/libunifex
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/libunifex
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/libunifex

// clang-format off

#include <unifex/async_auto_reset_event.hpp>
#include <unifex/async_manual_reset_event.hpp>
#include <unifex/async_mutex.hpp>
#include <unifex/async_scope.hpp>
#include <unifex/inplace_stop_token.hpp>
#include <unifex/manual_event_loop.hpp>
#include <unifex/single_thread_context.hpp>
#include <unifex/static_thread_pool.hpp>
#include <unifex/task.hpp>
#include <unifex/v2/async_scope.hpp>

#include <thread>

void work();
bool prepare();
unifex::task<void> step();

// Scopes

unifex::task<void> badScope() {
  unifex::async_scope Scope;
  Scope.detached_spawn(step()); // ROLE: unifex::_async_scope::async_scope start
  if (!prepare())
    co_return; // never joined
  co_await Scope.complete(); // ROLE: unifex::_async_scope::async_scope join
}

unifex::task<void> goodScope(unifex::static_thread_pool &Pool) {
  unifex::async_scope Scope;
  Scope.spawn(step()); // ROLE: unifex::_async_scope::async_scope start
  Scope.spawn_on(Pool.get_scheduler(), step()); // ROLE: unifex::_async_scope::async_scope start
  Scope.spawn_call_on(Pool.get_scheduler(), work); // ROLE: unifex::_async_scope::async_scope start
  Scope.request_stop(); // ROLE: unifex::_async_scope::async_scope request-stop
  co_await Scope.cleanup(); // ROLE: unifex::_async_scope::async_scope join
}

unifex::task<void> badNested(int &Sender) {
  unifex::v2::async_scope Scope;
  Sender = Scope.nest(step());
  co_return; // never joined
}

unifex::task<void> goodNested(int &Sender) {
  unifex::v2::async_scope Scope;
  Sender = Scope.nest(step());
  co_await Scope.join(); // ROLE: unifex::v2::_async_scope::async_scope join
}

// Contexts

void badLoop() {
  unifex::manual_event_loop Loop;
  std::thread Worker([&] { Loop.run(); }); // ROLE: std::thread start, unifex::_manual_event_loop::context block
  Worker.join(); // ROLE: std::thread join
}

void goodLoop() {
  unifex::manual_event_loop Loop;
  std::thread Worker([&] { Loop.run(); }); // ROLE: std::thread start, unifex::_manual_event_loop::context block
  Loop.stop(); // ROLE: unifex::_manual_event_loop::context request-stop
  Worker.join(); // ROLE: std::thread join
}

void goodContexts() {
  unifex::single_thread_context Thread;
  Thread.get_scheduler();
  unifex::static_thread_pool Pool(4);
  Pool.request_stop(); // ROLE: unifex::_static_thread_pool::context request-stop
}

// Events and locks

unifex::task<void> badManual() {
  unifex::async_manual_reset_event Ready;
  if (prepare())
    Ready.set(); // ROLE: unifex::_amre::async_manual_reset_event fulfil
  co_await Ready.async_wait(); // ROLE: unifex::_amre::async_manual_reset_event wait
}

unifex::task<void> goodManual() {
  unifex::async_manual_reset_event Ready;
  Ready.set(); // ROLE: unifex::_amre::async_manual_reset_event fulfil
  co_await Ready.async_wait(); // ROLE: unifex::_amre::async_manual_reset_event wait
  Ready.reset();
}

void badAuto(unifex::async_auto_reset_event &Ready, bool Last) {
  Ready.set(); // ROLE: unifex::_aare::async_auto_reset_event fulfil
}

void goodAuto(unifex::async_auto_reset_event &Ready, bool Last) {
  Ready.set(); // ROLE: unifex::_aare::async_auto_reset_event fulfil
  if (Last)
    Ready.set_done(); // ROLE: unifex::_aare::async_auto_reset_event fail
}

unifex::task<void> badMutex(unifex::async_mutex &Mutex) {
  co_await Mutex.async_lock(); // ROLE: unifex::async_mutex acquire
  if (!prepare())
    co_return;
  Mutex.unlock(); // ROLE: unifex::async_mutex release
}

void goodMutex(unifex::async_mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: unifex::async_mutex try-acquire
    Mutex.unlock(); // ROLE: unifex::async_mutex release
}

// Cancellation

void badSource() {
  unifex::inplace_stop_source Source;
  std::thread Worker([Token = Source.get_token()] { // ROLE: std::thread start, unifex::inplace_stop_source get-token
    while (!Token.stop_requested()) // ROLE: unifex::inplace_stop_token poll-stop
      prepare();
  });
  Worker.join(); // ROLE: std::thread join
}

void goodSource() {
  unifex::inplace_stop_source Source;
  std::thread Worker([Token = Source.get_token()] { // ROLE: std::thread start, unifex::inplace_stop_source get-token
    while (!Token.stop_requested()) // ROLE: unifex::inplace_stop_token poll-stop
      prepare();
  });
  Source.request_stop(); // ROLE: unifex::inplace_stop_source request-stop
  Worker.join(); // ROLE: std::thread join
}

void badCallback(unifex::inplace_stop_token Token, unifex::manual_event_loop &Loop) {
  auto Stop = [&] { Loop.stop(); }; // ROLE: unifex::_manual_event_loop::context request-stop
  unifex::inplace_stop_callback<decltype(Stop)>(Token, std::move(Stop)); // ROLE: unifex::inplace_stop_callback arm
  Loop.run(); // ROLE: unifex::_manual_event_loop::context block
}

void goodCallback(unifex::inplace_stop_token Token, unifex::manual_event_loop &Loop) {
  auto Stop = [&] { Loop.stop(); }; // ROLE: unifex::_manual_event_loop::context request-stop
  unifex::inplace_stop_callback<decltype(Stop)> Callback(Token, std::move(Stop)); // ROLE: unifex::inplace_stop_callback arm
  Loop.run(); // ROLE: unifex::_manual_event_loop::context block
}
