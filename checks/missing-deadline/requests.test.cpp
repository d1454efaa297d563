// Socket objects that ask, without any option.
//
// REQUIRES: package-libpoco-dev, package-cppzmq-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <string>
#include <zmq.hpp>

std::string badAsk(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.connect("tcp://db:5000");
  socket.send(zmq::str_buffer("status"), zmq::send_flags::none);
  zmq::message_t answer;
  (void)socket.recv(answer, zmq::recv_flags::none);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'socket' is given no deadline; 'recv' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-FIXES: socket.set(zmq::sockopt::rcvtimeo, 30000);
  // CHECK-FIXES-NEXT: (void)socket.recv(answer, zmq::recv_flags::none);
  return answer.to_string();
}

int badPoco(const Poco::Net::SocketAddress &address) {
  Poco::Net::StreamSocket socket;
  socket.connect(address);
  socket.sendBytes("status", 6);
  char buffer[16];
  return socket.receiveBytes(buffer, sizeof(buffer));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'socket' is given no deadline
}

// One request after the other.
void badLoop(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.connect("tcp://db:5000");
  for (int i = 0; i != 10; ++i) {
    socket.send(zmq::str_buffer("status"), zmq::send_flags::none);
    zmq::message_t answer;
    (void)socket.recv(answer);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'socket' is given no deadline
  }
}

std::string goodTime(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.set(zmq::sockopt::rcvtimeo, 1000);
  socket.connect("tcp://db:5000");
  socket.send(zmq::str_buffer("status"), zmq::send_flags::none);
  zmq::message_t answer;
  (void)socket.recv(answer, zmq::recv_flags::none);
  return answer.to_string();
}

std::string goodPoll(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.connect("tcp://db:5000");
  socket.send(zmq::str_buffer("status"), zmq::send_flags::none);
  zmq::pollitem_t items[] = {{socket.handle(), 0, ZMQ_POLLIN, 0}};
  zmq::poll(items, 1, std::chrono::milliseconds(1000));
  zmq::message_t answer;
  if (items[0].revents & ZMQ_POLLIN)
    (void)socket.recv(answer, zmq::recv_flags::none);
  return answer.to_string();
}

// Waits for its peers on purpose.
void goodServer(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::rep);
  socket.bind("tcp://*:5000");
  zmq::message_t request;
  (void)socket.recv(request);
  socket.send(zmq::str_buffer("done"), zmq::send_flags::none);
  (void)socket.recv(request);
}

// A worker says that it is ready, and waits for jobs.
void work(zmq::message_t &);
void goodWorker(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::dealer);
  socket.connect("tcp://db:5000");
  socket.send(zmq::str_buffer("ready"), zmq::send_flags::none);
  for (zmq::message_t job; socket.recv(job);)
    work(job);
}

// Asks nothing.
void goodFeed(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::pull);
  socket.connect("tcp://db:5000");
  zmq::message_t item;
  (void)socket.recv(item);
}

// May be given a time.
void configure(zmq::socket_t &);
void goodConfigured(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  configure(socket);
  socket.connect("tcp://db:5000");
  socket.send(zmq::str_buffer("status"), zmq::send_flags::none);
  zmq::message_t answer;
  (void)socket.recv(answer);
}
