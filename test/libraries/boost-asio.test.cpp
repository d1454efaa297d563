// Boost.Asio, from the real headers: what each call is taken for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict --also=-DBOOST_ASIO_HAS_CO_AWAIT %repository/lib/models/boost-asio.yaml
// RUN: %check_roles %s -std=c++17,c++20

// clang-format off

#include <boost/asio.hpp>
#include <boost/asio/deadline_timer.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <thread>

namespace asio = boost::asio;

void work();
void use(const char *Text, std::size_t Size);
bool more();
void note(const boost::system::error_code &Error);

// io_context: `run` returns when there is no work left, or after `stop`

void goodRun() {
  asio::io_context Context;
  asio::post(Context, work); // ROLE: boost::asio::post start
  asio::dispatch(Context, [] { work(); }); // ROLE: boost::asio::dispatch start
  asio::defer(Context, work); // ROLE: boost::asio::defer start
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badRunUnstopped() {
  asio::io_context Context;
  auto Guard = asio::make_work_guard(Context); // ROLE: boost::asio::make_work_guard count-up
  std::thread Runner([&Context] { Context.run(); }); // ROLE: std::thread start, boost::asio::io_context wait
  asio::post(Context, work); // ROLE: boost::asio::post start
  Runner.join(); // ROLE: std::thread join
}

void goodRunStopped() {
  asio::io_context Context(1);
  auto Guard = asio::make_work_guard(Context); // ROLE: boost::asio::make_work_guard count-up
  std::thread Runner([&Context] { Context.run(); }); // ROLE: std::thread start, boost::asio::io_context wait
  asio::post(Context, work); // ROLE: boost::asio::post start
  Guard.reset(); // ROLE: boost::asio::executor_work_guard count-down
  Runner.join(); // ROLE: std::thread join
}

void goodRunStoppedHard() {
  asio::io_context Context;
  asio::executor_work_guard<asio::io_context::executor_type> Guard(Context.get_executor()); // ROLE: boost::asio::executor_work_guard count-up
  std::thread Runner([&Context] { // ROLE: std::thread start
    while (!Context.stopped()) // ROLE: boost::asio::io_context poll-stop
      Context.run_one(); // ROLE: boost::asio::io_context wait
  });
  Context.stop(); // ROLE: boost::asio::io_context request-stop
  Runner.join(); // ROLE: std::thread join
  Context.restart();
}

void goodRunBounded(asio::io_context &Context) {
  Context.run_for(std::chrono::seconds(1)); // ROLE: boost::asio::io_context try-wait
  Context.poll(); // ROLE: boost::asio::io_context apply
}

void goodExecutor(asio::io_context &Context) {
  Context.get_executor().execute(work); // ROLE: boost::asio::io_context::basic_executor_type start
  auto Strand = asio::make_strand(Context);
  asio::post(Strand, work); // ROLE: boost::asio::post start
  asio::post(asio::bind_executor(Strand, work)); // ROLE: boost::asio::post start
}

void badWork(std::unique_ptr<asio::io_context::work> &Keep) {
  asio::io_context Context;
  Keep.reset(new asio::io_context::work(Context)); // ROLE: boost::asio::io_context::work count-up
  Context.run(); // ROLE: boost::asio::io_context wait
}

// thread_pool: the destructor stops, which drops what didn't run

void goodPool() {
  asio::thread_pool Pool(4);
  asio::post(Pool, work); // ROLE: boost::asio::post start
  Pool.join(); // ROLE: boost::asio::thread_pool join
}

void badPool() {
  asio::thread_pool Pool;
  asio::post(Pool, work); // ROLE: boost::asio::post start
}

void goodPoolStopped(asio::thread_pool &Pool) {
  asio::post(Pool.get_executor(), work); // ROLE: boost::asio::post start
  Pool.stop(); // ROLE: boost::asio::thread_pool request-stop
  Pool.join(); // ROLE: boost::asio::thread_pool join
}

// Timers

void goodTimer(asio::io_context &Context) {
  asio::steady_timer Timer(Context, std::chrono::seconds(1));
  Timer.async_wait([](const boost::system::error_code &Error) { // ROLE: boost::asio::basic_waitable_timer arm
    if (!Error)
      work();
  });
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badTimer(asio::io_context &Context) {
  asio::steady_timer Timer(Context);
  Timer.expires_after(std::chrono::seconds(1)); // ROLE: boost::asio::basic_waitable_timer disarm
  Timer.async_wait([](const boost::system::error_code &) { work(); }); // ROLE: boost::asio::basic_waitable_timer arm
}

class GoodTimerMember {
public:
  explicit GoodTimerMember(asio::io_context &Context) : Timer(Context) {}
  ~GoodTimerMember() { Timer.cancel(); } // ROLE: boost::asio::basic_waitable_timer disarm
  void arm() {
    Timer.expires_after(std::chrono::seconds(1)); // ROLE: boost::asio::basic_waitable_timer disarm
    Timer.async_wait([](const boost::system::error_code &Error) { note(Error); }); // ROLE: boost::asio::basic_waitable_timer arm
  }

private:
  asio::steady_timer Timer;
};

class BadTimerMember {
public:
  explicit BadTimerMember(asio::io_context &Context) : Timer(Context) {}
  void arm() {
    Timer.async_wait([this](const boost::system::error_code &) { // ROLE: boost::asio::basic_waitable_timer arm
      Count += 1;
      arm();
    });
  }

private:
  asio::system_timer Timer;
  int Count = 0;
};

void goodTimerWait(asio::io_context &Context) {
  asio::high_resolution_timer Timer(Context, std::chrono::seconds(1));
  Timer.wait(); // ROLE: boost::asio::basic_waitable_timer sleep
}

void goodDeadline(asio::io_context &Context) {
  asio::deadline_timer Timer(Context);
  Timer.expires_from_now(boost::posix_time::time_duration(0, 0, 1)); // ROLE: boost::asio::basic_deadline_timer disarm
  Timer.async_wait([](const boost::system::error_code &Error) { note(Error); }); // ROLE: boost::asio::basic_deadline_timer arm
  Timer.cancel(); // ROLE: boost::asio::basic_deadline_timer disarm
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badDeadline(asio::io_context &Context) {
  asio::deadline_timer Timer(Context, boost::posix_time::time_duration(0, 0, 1));
  Timer.async_wait([](const boost::system::error_code &) { work(); }); // ROLE: boost::asio::basic_deadline_timer arm
}


// signal_set

void goodSignals(asio::io_context &Context) {
  asio::signal_set Signals(Context, SIGINT, SIGTERM);
  Signals.async_wait([&Context](const boost::system::error_code &, int) { Context.stop(); }); // ROLE: boost::asio::basic_signal_set arm, boost::asio::io_context request-stop
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badSignals(asio::io_context &Context) {
  asio::signal_set Signals(Context, SIGINT);
  Signals.add(SIGTERM);
  Signals.async_wait([](const boost::system::error_code &, int) { work(); }); // ROLE: boost::asio::basic_signal_set arm
  Signals.cancel(); // ROLE: boost::asio::basic_signal_set disarm
  Context.run(); // ROLE: boost::asio::io_context wait
}

// Sockets

void goodRead(asio::ip::tcp::socket &Socket) {
  char Text[64];
  Socket.non_blocking(true); // ROLE: boost::asio::basic_stream_socket set-deadline
  use(Text, Socket.read_some(asio::buffer(Text))); // ROLE: boost::asio::basic_stream_socket block
  Socket.close(); // ROLE: boost::asio::basic_stream_socket close
}

void badRead(asio::ip::tcp::socket &Socket) {
  char Text[64];
  use(Text, Socket.read_some(asio::buffer(Text))); // ROLE: boost::asio::basic_stream_socket block
  use(Text, asio::read(Socket, asio::buffer(Text))); // ROLE: boost::asio::read block
  asio::write(Socket, asio::buffer(Text)); // ROLE: boost::asio::write block
}

void badReadOption(asio::ip::tcp::socket &Socket) {
  char Text[64];
  Socket.set_option(asio::ip::tcp::no_delay(true));
  Socket.wait(asio::ip::tcp::socket::wait_read); // ROLE: boost::asio::basic_stream_socket block
  Socket.receive(asio::buffer(Text)); // ROLE: boost::asio::basic_stream_socket block
  Socket.send(asio::buffer(Text)); // ROLE: boost::asio::basic_stream_socket block
  Socket.shutdown(asio::ip::tcp::socket::shutdown_both); // ROLE: boost::asio::basic_stream_socket close
}

void badConnect(asio::io_context &Context) {
  asio::ip::tcp::resolver Resolver(Context);
  auto Endpoints = Resolver.resolve("localhost", "1"); // ROLE: boost::asio::ip::basic_resolver block
  asio::ip::tcp::socket Socket(Context);
  asio::connect(Socket, Endpoints); // ROLE: boost::asio::connect block
  Socket.connect(Endpoints.begin()->endpoint()); // ROLE: boost::asio::basic_stream_socket block
}

void badAccept(asio::io_context &Context, std::atomic<bool> &Stop) {
  asio::ip::tcp::acceptor Acceptor(Context, asio::ip::tcp::endpoint(asio::ip::tcp::v4(), 0));
  while (!Stop) {
    asio::ip::tcp::socket Socket = Acceptor.accept(); // ROLE: boost::asio::basic_socket_acceptor block
    asio::write(Socket, asio::buffer("hello", 5)); // ROLE: boost::asio::write block
  }
}

void goodAccept(asio::ip::tcp::acceptor &Acceptor) {
  asio::ip::tcp::socket Socket = Acceptor.accept(); // ROLE: boost::asio::basic_socket_acceptor block
  Acceptor.close(); // ROLE: boost::asio::basic_socket_acceptor close
}

void goodDatagram(asio::ip::udp::socket &Socket, asio::ip::udp::endpoint Peer) {
  char Text[64];
  Socket.non_blocking(true); // ROLE: boost::asio::basic_datagram_socket set-deadline
  use(Text, Socket.receive_from(asio::buffer(Text), Peer)); // ROLE: boost::asio::basic_datagram_socket block
}

void badDatagram(asio::ip::udp::socket &Socket, asio::ip::udp::endpoint Peer) {
  char Text[64];
  use(Text, Socket.receive_from(asio::buffer(Text), Peer)); // ROLE: boost::asio::basic_datagram_socket block
  Socket.send_to(asio::buffer(Text), Peer); // ROLE: boost::asio::basic_datagram_socket block
}

void badDescriptor(asio::posix::stream_descriptor &Input, asio::serial_port &Port) {
  char Text[64];
  use(Text, Input.read_some(asio::buffer(Text))); // ROLE: boost::asio::posix::basic_stream_descriptor block
  Port.write_some(asio::buffer(Text)); // ROLE: boost::asio::basic_serial_port block
  Port.close(); // ROLE: boost::asio::basic_serial_port close
}

void goodStream() {
  asio::ip::tcp::iostream Stream;
  Stream.expires_after(std::chrono::seconds(1)); // ROLE: boost::asio::basic_socket_iostream set-deadline
  Stream.connect("localhost", "1"); // ROLE: boost::asio::basic_socket_iostream block
}

void badStream() {
  asio::ip::tcp::iostream Stream("localhost", "1"); // ROLE: boost::asio::basic_socket_iostream block
  Stream.close(); // ROLE: boost::asio::basic_socket_iostream close
}
