// With the option Sockets.
//
// REQUIRES: package-libpoco-dev, package-cppzmq-dev
// RUN: %check_leaks %s leak-missing-deadline -config "{CheckOptions: {leak-missing-deadline.Sockets: 'true'}}" -- -std=c++17

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <zmq.hpp>

void badPoco() {
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress("localhost", 80));
  char buffer[16];
  socket.receiveBytes(buffer, sizeof(buffer));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'socket' is given no deadline; 'receiveBytes' waits for ever when the other side doesn't answer
}

void goodPoco() {
  Poco::Net::StreamSocket socket;
  socket.setReceiveTimeout(Poco::Timespan(5, 0));
  socket.connect(Poco::Net::SocketAddress("localhost", 80));
  char buffer[16];
  socket.receiveBytes(buffer, sizeof(buffer));
}

void badQueue(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  zmq::message_t message;
  (void)socket.recv(message);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'socket' is given no deadline
}

void badQueueInfinite(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.set(zmq::sockopt::rcvtimeo, -1);
  zmq::message_t message;
  (void)socket.recv(message);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'socket' is given no deadline
}

void badQueueOther(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.set(zmq::sockopt::linger, 0);
  zmq::message_t message;
  (void)socket.recv(message);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'socket' is given no deadline
}

void goodQueue(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.set(zmq::sockopt::rcvtimeo, 1000);
  zmq::message_t message;
  (void)socket.recv(message);
}

void goodQueueDontWait(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  zmq::message_t message;
  (void)socket.recv(message, zmq::recv_flags::dontwait);
}
