// What Boost.Asio got after Boost 1.74, from the real headers: what each call
// is taken for.
//
// REQUIRES: package-libboost1.81-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-asio-newer.yaml
// RUN: %check_roles %s -- -std=c++20

// clang-format off

#include <boost/asio.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/experimental/concurrent_channel.hpp>

#include <chrono>
#include <csignal>
#include <cstddef>

namespace asio = boost::asio;

void work();
void use(const char *Text, std::size_t Size);
void note(const boost::system::error_code &Error);
asio::awaitable<void> serve(asio::steady_timer &Timer);

void goodSpawn(asio::io_context &Context, asio::steady_timer &Timer) {
  asio::co_spawn(Context, serve(Timer), asio::detached); // ROLE: boost::asio::co_spawn start
  Context.run(); // ROLE: boost::asio::io_context wait
}

// Cancellation

void goodCancelled(asio::io_context &Context) {
  asio::cancellation_signal Stop;
  asio::steady_timer Timer(Context, std::chrono::seconds(1));
  Timer.async_wait(asio::bind_cancellation_slot(Stop.slot(), note)); // ROLE: boost::asio::basic_waitable_timer arm, boost::asio::cancellation_signal get-token
  Stop.emit(asio::cancellation_type::all); // ROLE: boost::asio::cancellation_signal request-stop
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badNeverCancelled(asio::io_context &Context) {
  asio::cancellation_signal Stop;
  asio::signal_set Signals(Context, SIGINT);
  Signals.async_wait(asio::bind_cancellation_slot(Stop.slot(), [](const boost::system::error_code &, int) { work(); })); // ROLE: boost::asio::basic_signal_set arm, boost::asio::cancellation_signal get-token
  Context.run(); // ROLE: boost::asio::io_context wait
}

void goodSlot(asio::cancellation_signal &Stop) {
  asio::cancellation_slot Slot = Stop.slot(); // ROLE: boost::asio::cancellation_signal get-token
  Slot.assign([](asio::cancellation_type_t) { work(); }); // ROLE: boost::asio::cancellation_slot arm
  Slot.clear(); // ROLE: boost::asio::cancellation_slot disarm
}

void goodState(asio::cancellation_signal &Stop) {
  asio::cancellation_state State(Stop.slot()); // ROLE: boost::asio::cancellation_signal get-token
  while (State.cancelled() == asio::cancellation_type::none) // ROLE: boost::asio::cancellation_state poll-stop
    work();
}

// Pipes

void badPipe(asio::readable_pipe &In, asio::writable_pipe &Out) {
  char Text[64];
  use(Text, In.read_some(asio::buffer(Text))); // ROLE: boost::asio::basic_readable_pipe block
  Out.write_some(asio::buffer(Text)); // ROLE: boost::asio::basic_writable_pipe block
  Out.close(); // ROLE: boost::asio::basic_writable_pipe close
}

// Channels

typedef asio::experimental::channel<void(boost::system::error_code, int)> Channel;
typedef asio::experimental::concurrent_channel<void(boost::system::error_code, int)> SharedChannel;

void goodChannel(asio::io_context &Context) {
  Channel Numbers(Context, 8);
  Numbers.async_receive([](const boost::system::error_code &Error, int) { note(Error); }); // ROLE: boost::asio::experimental::basic_channel receive
  Numbers.async_send(boost::system::error_code(), 1, note); // ROLE: boost::asio::experimental::basic_channel send
  Numbers.close(); // ROLE: boost::asio::experimental::basic_channel close
  Context.run(); // ROLE: boost::asio::io_context wait
}

void badChannel(asio::io_context &Context) {
  Channel Numbers(Context);
  Numbers.async_send(boost::system::error_code(), 1, note); // ROLE: boost::asio::experimental::basic_channel send
  Context.run(); // ROLE: boost::asio::io_context wait
}

void goodChannelTries(SharedChannel &Numbers) {
  if (Numbers.try_send(boost::system::error_code(), 1)) // ROLE: boost::asio::experimental::basic_concurrent_channel try-send
    Numbers.try_receive([](const boost::system::error_code &Error, int) { note(Error); }); // ROLE: boost::asio::experimental::basic_concurrent_channel try-receive
}

void badSharedChannel(SharedChannel &Numbers) {
  Numbers.async_receive([](const boost::system::error_code &Error, int) { note(Error); }); // ROLE: boost::asio::experimental::basic_concurrent_channel receive
}
