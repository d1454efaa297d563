// Coroutines of Boost.Asio.
//
// RUN: %check_leaks %s leak-unawaited-task -std=c++20 -- -DBOOST_ASIO_HAS_CO_AWAIT=1

#include <utility>

#include <boost/asio.hpp>
#include <chrono>
#include <future>
#include <string>
#include <thread>

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

asio::awaitable<void> handshake(tcp::socket &socket);
void log(const std::string &);

asio::awaitable<void> session(tcp::socket socket) {
  handshake(socket);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'handshake' only makes a task, which is dropped here: nobody awaits or starts it, and it never runs [leak-unawaited-task]
  // CHECK-FIXES: co_await handshake(socket);
  asio::steady_timer timer(co_await asio::this_coro::executor, 1s);
  timer.async_wait(asio::use_awaitable);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'async_wait' only makes a task, which is dropped here
  // CHECK-FIXES: co_await timer.async_wait(asio::use_awaitable);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> greet(const std::string &name) {
  log(name);
  co_return;
}

struct Server {
  explicit Server(asio::io_context &io) : io(io) {}
  asio::io_context &io;
  asio::awaitable<void> run() {
    tcp::acceptor acceptor(io, {tcp::v4(), 80});
    for (;;)
      asio::co_spawn(io, session(co_await acceptor.async_accept(asio::use_awaitable)), asio::detached);
  }
};

void starts(asio::io_context &io, int id) {
  asio::co_spawn(io, greet("somebody"), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: this temporary ends with the statement, but the coroutine that has it as 'name' goes on and uses it afterwards [leak-unawaited-task]
  asio::co_spawn(io, [id]() -> asio::awaitable<void> { log(std::to_string(id)); co_return; }(), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: this lambda, and what it captured, ends with the statement, but its coroutine goes on and uses 'id' afterwards [leak-unawaited-task]
  asio::co_spawn(io, Server(io).run(), asio::detached);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: this temporary ends with the statement, but its coroutine 'run' goes on and uses it afterwards [leak-unawaited-task]
  io.run();
}

asio::awaitable<void> kept() {
  auto task = greet(std::string("somebody"));
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: this temporary ends with the statement
  co_await std::move(task);
}

void accept(asio::io_context &io, unsigned short port) {
  tcp::acceptor acceptor(io, {tcp::v4(), port});
  asio::co_spawn(io, [&]() -> asio::awaitable<void> {
    co_await acceptor.async_accept(asio::use_awaitable);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'acceptor' ends with this function, but the coroutine that is started with a reference to it goes on, and nobody waits for it [leak-unawaited-task]
  }, asio::detached);
}

asio::awaitable<void> blocks(tcp::socket socket, std::future<int> result) {
  char buffer[64];
  co_await socket.async_read_some(asio::buffer(buffer), asio::use_awaitable);
  std::this_thread::sleep_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep_for' blocks the thread in a coroutine: whatever else is to run on it waits as well [leak-unawaited-task]
  result.get();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'get' blocks the thread in a coroutine
  asio::steady_timer(socket.get_executor(), 1s).wait();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wait' blocks the thread in a coroutine
}

void startsBlocking(asio::io_context &io, asio::steady_timer &timer) {
  asio::co_spawn(io, [&]() -> asio::awaitable<void> {
    co_await timer.async_wait(asio::use_awaitable);
    std::this_thread::sleep_for(1s);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep_for' blocks the thread in a coroutine
  }, asio::detached);
  auto named = [&]() -> asio::awaitable<void> { // who knows what runs it
    co_await timer.async_wait(asio::use_awaitable);
    std::this_thread::sleep_for(1s);
  };
  asio::co_spawn(io, named(), asio::detached);
  io.run();
}

// The silent ones.

asio::awaitable<void> hello(std::string name) {
  log(name);
  co_return;
}

void mended(asio::io_context &io, int id) {
  asio::co_spawn(io, hello("somebody"), asio::detached);
  asio::co_spawn(io, [id]() -> asio::awaitable<void> { log(std::to_string(id)); co_return; }, asio::detached);
  asio::co_spawn(io, [](int id) -> asio::awaitable<void> { log(std::to_string(id)); co_return; }(id), asio::detached);
  auto task = [](int id) -> asio::awaitable<void> { log(std::to_string(id)); co_return; }(id);
  asio::co_spawn(io, std::move(task), asio::detached);
}

asio::awaitable<void> awaited(int id) {
  co_await greet("somebody");
  co_await [id]() -> asio::awaitable<void> { log(std::to_string(id)); co_return; }();
  co_await asio::co_spawn(co_await asio::this_coro::executor, greet("somebody"), asio::use_awaitable);
}

void acceptAndRun(unsigned short port) {
  asio::io_context io;
  tcp::acceptor acceptor(io, {tcp::v4(), port});
  asio::co_spawn(io, [&]() -> asio::awaitable<void> {
    co_await acceptor.async_accept(asio::use_awaitable);
  }, asio::detached);
  io.run();
}

asio::awaitable<void> elsewhere(asio::thread_pool &pool, std::future<int> result) {
  co_await asio::post(pool, asio::use_awaitable);
  std::this_thread::sleep_for(1s);
  result.get();
}

asio::awaitable<void> ready(asio::steady_timer &timer, std::future<int> result) {
  while (result.wait_for(0s) != std::future_status::ready)
    co_await timer.async_wait(asio::use_awaitable);
  result.get();
}

asio::awaitable<void> toldWhere(asio::thread_pool::executor_type where, asio::steady_timer &timer) {
  std::this_thread::sleep_for(1s);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> sleepAnyhow(asio::steady_timer *timer) {
  if (!timer)
    std::this_thread::sleep_for(1s);
  else
    co_await timer->async_wait(asio::use_awaitable);
}

asio::awaitable<int> plainWork(std::future<int> result) { co_return result.get(); }
