// Clients that give up by default, and sockets, which are asked about only with
// the option Sockets.
//
// REQUIRES: package-libpoco-dev, package-libcpp-httplib-dev, package-cppzmq-dev
// RUN: %check_leaks %s leak-missing-deadline --silent -- -std=c++17

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <httplib.h>
#include <zmq.hpp>

void http() {
  httplib::Client client("localhost", 80);
  client.Get("/");
}

void poco() {
  Poco::Net::HTTPClientSession session("localhost");
  Poco::Net::HTTPRequest request;
  Poco::Net::HTTPResponse response;
  session.sendRequest(request);
  session.receiveResponse(response);
}

void socket() {
  Poco::Net::StreamSocket socket;
  socket.connect(Poco::Net::SocketAddress("localhost", 80));
  char buffer[16];
  socket.receiveBytes(buffer, sizeof(buffer));
}

void queue(zmq::context_t &context) {
  zmq::socket_t socket(context, zmq::socket_type::req);
  zmq::message_t message;
  (void)socket.recv(message);
}
