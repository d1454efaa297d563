// Asio without Boost, from the real headers: what each call is taken for.
//
// REQUIRES: package-libasio-dev
// RUN: %build/bin/leak-models verify --strict --also=-DASIO_ENABLE_BOOST --also='-DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE' \
// RUN:   %repository/lib/models/asio.yaml
// RUN: %check_roles %s -std=c++17,c++20

// clang-format off

#include <asio.hpp>
#include <asio/experimental/channel.hpp>
#include <asio/experimental/concurrent_channel.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <thread>

void work();
void use(const char *Text, std::size_t Size);
bool more();
void note(const asio::error_code &Error);

// io_context: `run` returns when there is no work left, or after `stop`

void goodRun() {
  asio::io_context Context;
  asio::post(Context, work); // ROLE: asio::post start
  asio::dispatch(Context, [] { work(); }); // ROLE: asio::dispatch start
  asio::defer(Context, work); // ROLE: asio::defer start
  Context.run(); // ROLE: asio::io_context wait
}

void badRunUnstopped() {
  asio::io_context Context;
  auto Guard = asio::make_work_guard(Context); // ROLE: asio::make_work_guard count-up
  std::thread Runner([&Context] { Context.run(); }); // ROLE: std::thread start, asio::io_context wait
  asio::post(Context, work); // ROLE: asio::post start
  Runner.join(); // ROLE: std::thread join
}

void goodRunStopped() {
  asio::io_context Context(1);
  auto Guard = asio::make_work_guard(Context); // ROLE: asio::make_work_guard count-up
  std::thread Runner([&Context] { Context.run(); }); // ROLE: std::thread start, asio::io_context wait
  asio::post(Context, work); // ROLE: asio::post start
  Guard.reset(); // ROLE: asio::executor_work_guard count-down
  Runner.join(); // ROLE: std::thread join
}

void goodRunStoppedHard() {
  asio::io_context Context;
  asio::executor_work_guard<asio::io_context::executor_type> Guard(Context.get_executor()); // ROLE: asio::executor_work_guard count-up
  std::thread Runner([&Context] { // ROLE: std::thread start
    while (!Context.stopped()) // ROLE: asio::io_context poll-stop
      Context.run_one(); // ROLE: asio::io_context wait
  });
  Context.stop(); // ROLE: asio::io_context request-stop
  Runner.join(); // ROLE: std::thread join
  Context.restart();
}

void goodRunBounded(asio::io_context &Context) {
  Context.run_for(std::chrono::seconds(1)); // ROLE: asio::io_context try-wait
  Context.poll(); // ROLE: asio::io_context apply
}

void goodExecutor(asio::io_context &Context) {
  asio::post(Context.get_executor(), work); // ROLE: asio::post start
  auto Strand = asio::make_strand(Context);
  asio::post(Strand, work); // ROLE: asio::post start
  asio::post(asio::bind_executor(Strand, work)); // ROLE: asio::post start
}

void badWork(std::unique_ptr<asio::io_context::work> &Keep) {
  asio::io_context Context;
  Keep.reset(new asio::io_context::work(Context)); // ROLE: asio::io_context::work count-up
  Context.run(); // ROLE: asio::io_context wait
}

// thread_pool: the destructor stops, which drops what didn't run

void goodPool() {
  asio::thread_pool Pool(4);
  asio::post(Pool, work); // ROLE: asio::post start
  Pool.join(); // ROLE: asio::thread_pool join
}

void badPool() {
  asio::thread_pool Pool;
  asio::post(Pool, work); // ROLE: asio::post start
}

void goodPoolStopped(asio::thread_pool &Pool) {
  asio::post(Pool.get_executor(), work); // ROLE: asio::post start
  Pool.stop(); // ROLE: asio::thread_pool request-stop
  Pool.join(); // ROLE: asio::thread_pool join
}

// Timers

void goodTimer(asio::io_context &Context) {
  asio::steady_timer Timer(Context, std::chrono::seconds(1));
  Timer.async_wait([](const asio::error_code &Error) { // ROLE: asio::basic_waitable_timer arm
    if (!Error)
      work();
  });
  Context.run(); // ROLE: asio::io_context wait
}

void badTimer(asio::io_context &Context) {
  asio::steady_timer Timer(Context);
  Timer.expires_after(std::chrono::seconds(1)); // ROLE: asio::basic_waitable_timer disarm
  Timer.async_wait([](const asio::error_code &) { work(); }); // ROLE: asio::basic_waitable_timer arm
}

class GoodTimerMember {
public:
  explicit GoodTimerMember(asio::io_context &Context) : Timer(Context) {}
  ~GoodTimerMember() { Timer.cancel(); } // ROLE: asio::basic_waitable_timer disarm
  void arm() {
    Timer.expires_after(std::chrono::seconds(1)); // ROLE: asio::basic_waitable_timer disarm
    Timer.async_wait([](const asio::error_code &Error) { note(Error); }); // ROLE: asio::basic_waitable_timer arm
  }

private:
  asio::steady_timer Timer;
};

class BadTimerMember {
public:
  explicit BadTimerMember(asio::io_context &Context) : Timer(Context) {}
  void arm() {
    Timer.async_wait([this](const asio::error_code &) { // ROLE: asio::basic_waitable_timer arm
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
  Timer.wait(); // ROLE: asio::basic_waitable_timer sleep
}

// signal_set

void goodSignals(asio::io_context &Context) {
  asio::signal_set Signals(Context, SIGINT, SIGTERM);
  Signals.async_wait([&Context](const asio::error_code &, int) { Context.stop(); }); // ROLE: asio::basic_signal_set arm, asio::io_context request-stop
  Context.run(); // ROLE: asio::io_context wait
}

void badSignals(asio::io_context &Context) {
  asio::signal_set Signals(Context, SIGINT);
  Signals.add(SIGTERM);
  Signals.async_wait([](const asio::error_code &, int) { work(); }); // ROLE: asio::basic_signal_set arm
  Signals.cancel(); // ROLE: asio::basic_signal_set disarm
  Context.run(); // ROLE: asio::io_context wait
}

// Sockets

void goodRead(asio::ip::tcp::socket &Socket) {
  char Text[64];
  Socket.non_blocking(true); // ROLE: asio::basic_stream_socket set-deadline
  use(Text, Socket.read_some(asio::buffer(Text))); // ROLE: asio::basic_stream_socket block
  Socket.close(); // ROLE: asio::basic_stream_socket close
}

void badRead(asio::ip::tcp::socket &Socket) {
  char Text[64];
  use(Text, Socket.read_some(asio::buffer(Text))); // ROLE: asio::basic_stream_socket block
  use(Text, asio::read(Socket, asio::buffer(Text))); // ROLE: asio::read block
  asio::write(Socket, asio::buffer(Text)); // ROLE: asio::write block
}

void badReadOption(asio::ip::tcp::socket &Socket) {
  char Text[64];
  Socket.set_option(asio::ip::tcp::no_delay(true));
  Socket.wait(asio::ip::tcp::socket::wait_read); // ROLE: asio::basic_stream_socket block
  Socket.receive(asio::buffer(Text)); // ROLE: asio::basic_stream_socket block
  Socket.send(asio::buffer(Text)); // ROLE: asio::basic_stream_socket block
  Socket.shutdown(asio::ip::tcp::socket::shutdown_both); // ROLE: asio::basic_stream_socket close
}

void badConnect(asio::io_context &Context) {
  asio::ip::tcp::resolver Resolver(Context);
  auto Endpoints = Resolver.resolve("localhost", "1"); // ROLE: asio::ip::basic_resolver block
  asio::ip::tcp::socket Socket(Context);
  asio::connect(Socket, Endpoints); // ROLE: asio::connect block
  Socket.connect(Endpoints.begin()->endpoint()); // ROLE: asio::basic_stream_socket block
}

void badAccept(asio::io_context &Context, std::atomic<bool> &Stop) {
  asio::ip::tcp::acceptor Acceptor(Context, asio::ip::tcp::endpoint(asio::ip::tcp::v4(), 0));
  while (!Stop) {
    asio::ip::tcp::socket Socket = Acceptor.accept(); // ROLE: asio::basic_socket_acceptor block
    asio::write(Socket, asio::buffer("hello", 5)); // ROLE: asio::write block
  }
}

void goodAccept(asio::ip::tcp::acceptor &Acceptor) {
  asio::ip::tcp::socket Socket = Acceptor.accept(); // ROLE: asio::basic_socket_acceptor block
  Acceptor.close(); // ROLE: asio::basic_socket_acceptor close
}

void goodDatagram(asio::ip::udp::socket &Socket, asio::ip::udp::endpoint Peer) {
  char Text[64];
  Socket.non_blocking(true); // ROLE: asio::basic_datagram_socket set-deadline
  use(Text, Socket.receive_from(asio::buffer(Text), Peer)); // ROLE: asio::basic_datagram_socket block
}

void badDatagram(asio::ip::udp::socket &Socket, asio::ip::udp::endpoint Peer) {
  char Text[64];
  use(Text, Socket.receive_from(asio::buffer(Text), Peer)); // ROLE: asio::basic_datagram_socket block
  Socket.send_to(asio::buffer(Text), Peer); // ROLE: asio::basic_datagram_socket block
}

void badDescriptor(asio::posix::stream_descriptor &Input, asio::serial_port &Port) {
  char Text[64];
  use(Text, Input.read_some(asio::buffer(Text))); // ROLE: asio::posix::basic_stream_descriptor block
  Port.write_some(asio::buffer(Text)); // ROLE: asio::basic_serial_port block
  Port.close(); // ROLE: asio::basic_serial_port close
}

void goodStream() {
  asio::ip::tcp::iostream Stream;
  Stream.expires_after(std::chrono::seconds(1)); // ROLE: asio::basic_socket_iostream set-deadline
  Stream.connect("localhost", "1"); // ROLE: asio::basic_socket_iostream block
}

void badStream() {
  asio::ip::tcp::iostream Stream("localhost", "1"); // ROLE: asio::basic_socket_iostream block
  Stream.close(); // ROLE: asio::basic_socket_iostream close
}

// Cancellation

void goodCancelled(asio::io_context &Context) {
  asio::cancellation_signal Stop;
  asio::steady_timer Timer(Context, std::chrono::seconds(1));
  Timer.async_wait(asio::bind_cancellation_slot(Stop.slot(), note)); // ROLE: asio::basic_waitable_timer arm, asio::cancellation_signal get-token
  Stop.emit(asio::cancellation_type::all); // ROLE: asio::cancellation_signal request-stop
  Context.run(); // ROLE: asio::io_context wait
}

void badNeverCancelled(asio::io_context &Context) {
  asio::cancellation_signal Stop;
  asio::signal_set Signals(Context, SIGINT);
  Signals.async_wait(asio::bind_cancellation_slot(Stop.slot(), [](const asio::error_code &, int) { work(); })); // ROLE: asio::basic_signal_set arm, asio::cancellation_signal get-token
  Context.run(); // ROLE: asio::io_context wait
}

void goodSlot(asio::cancellation_signal &Stop) {
  asio::cancellation_slot Slot = Stop.slot(); // ROLE: asio::cancellation_signal get-token
  Slot.assign([](asio::cancellation_type_t) { work(); }); // ROLE: asio::cancellation_slot arm
  Slot.clear(); // ROLE: asio::cancellation_slot disarm
}

void goodState(asio::cancellation_signal &Stop) {
  asio::cancellation_state State(Stop.slot()); // ROLE: asio::cancellation_signal get-token
  while (State.cancelled() == asio::cancellation_type::none) // ROLE: asio::cancellation_state poll-stop
    work();
}

// Pipes

void badPipe(asio::readable_pipe &In, asio::writable_pipe &Out) {
  char Text[64];
  use(Text, In.read_some(asio::buffer(Text))); // ROLE: asio::basic_readable_pipe block
  Out.write_some(asio::buffer(Text)); // ROLE: asio::basic_writable_pipe block
  Out.close(); // ROLE: asio::basic_writable_pipe close
}

// Channels

typedef asio::experimental::channel<void(asio::error_code, int)> Channel;
typedef asio::experimental::concurrent_channel<void(asio::error_code, int)> SharedChannel;

void goodChannel(asio::io_context &Context) {
  Channel Numbers(Context, 8);
  Numbers.async_receive([](const asio::error_code &Error, int) { note(Error); }); // ROLE: asio::experimental::basic_channel receive
  Numbers.async_send(asio::error_code(), 1, note); // ROLE: asio::experimental::basic_channel send
  Numbers.close(); // ROLE: asio::experimental::basic_channel close
  Context.run(); // ROLE: asio::io_context wait
}

void badChannel(asio::io_context &Context) {
  Channel Numbers(Context);
  Numbers.async_send(asio::error_code(), 1, note); // ROLE: asio::experimental::basic_channel send
  Context.run(); // ROLE: asio::io_context wait
}

void goodChannelTries(SharedChannel &Numbers) {
  if (Numbers.try_send(asio::error_code(), 1)) // ROLE: asio::experimental::basic_concurrent_channel try-send
    Numbers.try_receive([](const asio::error_code &Error, int) { note(Error); }); // ROLE: asio::experimental::basic_concurrent_channel try-receive
}

void badSharedChannel(SharedChannel &Numbers) {
  Numbers.async_receive([](const asio::error_code &Error, int) { note(Error); }); // ROLE: asio::experimental::basic_concurrent_channel receive
}
