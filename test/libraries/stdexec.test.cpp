// stdexec, the reference of std::execution, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict --also=-DFAKE_STDEXEC_BEFORE_2026 %repository/lib/models/stdexec.yaml \
// RUN:   -- -std=c++20 -isystem %S/Inputs/stdexec
// RUN: %check_roles %s -- -std=c++20 -isystem %S/Inputs/stdexec
// RUN: %check_leaks %s leak-unjoined-thread -std=c++20 --silent -- -isystem %S/Inputs/stdexec

// clang-format off

#include <exec/async_scope.hpp>
#include <exec/single_thread_context.hpp>
#include <exec/static_thread_pool.hpp>
#include <stdexec/execution.hpp>
#include <stdexec/stop_token.hpp>

#include <coroutine>
#include <thread>
#include <utility>

bool prepare();
struct Sender {};
Sender step();

struct Task {
  struct promise_type {
    Task get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};

// Scopes

Task badScope() {
  exec::async_scope Scope;
  Scope.spawn(step()); // ROLE: experimental::execution::__scope::async_scope start
  if (!prepare())
    co_return; // never joined
  co_await Scope.on_empty(); // ROLE: experimental::execution::__scope::async_scope join
}

Task goodScope() {
  exec::async_scope Scope;
  Scope.spawn(step()); // ROLE: experimental::execution::__scope::async_scope start
  Scope.request_stop(); // ROLE: experimental::execution::__scope::async_scope request-stop
  co_await Scope.on_empty(); // ROLE: experimental::execution::__scope::async_scope join
}

Task badCountingScope() {
  stdexec::counting_scope Scope;
  Scope.get_token();
  Scope.close(); // ROLE: stdexec::counting_scope close
  co_return; // never joined
}

Task goodCountingScope() {
  stdexec::counting_scope Scope;
  Scope.get_token();
  Scope.request_stop(); // ROLE: stdexec::counting_scope request-stop
  co_await Scope.join(); // ROLE: stdexec::counting_scope join
}

Task goodSimpleScope() {
  stdexec::simple_counting_scope Scope;
  Scope.close(); // ROLE: stdexec::simple_counting_scope close
  co_await Scope.join(); // ROLE: stdexec::simple_counting_scope join
}

// Contexts

void badLoop() {
  stdexec::run_loop Loop;
  std::thread Worker([&] { Loop.run(); }); // ROLE: std::thread start, stdexec::run_loop block
  Worker.join(); // ROLE: std::thread join
}

void goodLoop() {
  stdexec::run_loop Loop;
  std::thread Worker([&] { Loop.run(); }); // ROLE: std::thread start, stdexec::run_loop block
  Loop.finish(); // ROLE: stdexec::run_loop request-stop
  Worker.join(); // ROLE: std::thread join
}

void goodContexts() {
  exec::single_thread_context Thread;
  Thread.get_scheduler();
  exec::static_thread_pool Pool(4);
  Pool.request_stop(); // ROLE: experimental::execution::static_thread_pool request-stop
}

// Cancellation

void badSource() {
  stdexec::inplace_stop_source Source;
  std::thread Worker([Token = Source.get_token()] { // ROLE: std::thread start, stdexec::inplace_stop_source get-token
    while (!Token.stop_requested()) // ROLE: stdexec::inplace_stop_token poll-stop
      prepare();
  });
  Worker.join(); // ROLE: std::thread join
}

void goodSource() {
  stdexec::inplace_stop_source Source;
  std::thread Worker([Token = Source.get_token()] { // ROLE: std::thread start, stdexec::inplace_stop_source get-token
    while (!Token.stop_requested()) // ROLE: stdexec::inplace_stop_token poll-stop
      prepare();
  });
  Source.request_stop(); // ROLE: stdexec::inplace_stop_source request-stop
  Worker.join(); // ROLE: std::thread join
}

void badCallback(stdexec::inplace_stop_token Token, stdexec::run_loop &Loop) {
  auto Stop = [&] { Loop.finish(); }; // ROLE: stdexec::run_loop request-stop
  stdexec::inplace_stop_callback<decltype(Stop)>(Token, std::move(Stop)); // ROLE: stdexec::inplace_stop_callback arm
  Loop.run(); // ROLE: stdexec::run_loop block
}

void goodCallback(stdexec::inplace_stop_token Token, stdexec::run_loop &Loop) {
  auto Stop = [&] { Loop.finish(); }; // ROLE: stdexec::run_loop request-stop
  stdexec::inplace_stop_callback<decltype(Stop)> Callback(Token, std::move(Stop)); // ROLE: stdexec::inplace_stop_callback arm
  Loop.run(); // ROLE: stdexec::run_loop block
}
