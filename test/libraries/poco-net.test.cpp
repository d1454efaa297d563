// The POCO C++ Libraries' timers, sockets and servers, from the real headers: what each call is taken for.
//
// REQUIRES: package-libpoco-dev
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <Poco/Net/DatagramSocket.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/PollSet.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketReactor.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/WebSocket.h>
#include <Poco/Timer.h>
#include <Poco/Util/Timer.h>
#include <Poco/Util/TimerTask.h>

using Poco::Timespan;

void work();
bool more();

// Timers

class Ticker {
public:
  void onTimer(Poco::Timer &) { work(); }
};

void badTimer(Ticker &Object) {
  static Poco::Timer Timer(100, 100);
  Timer.start(Poco::TimerCallback<Ticker>(Object, &Ticker::onTimer)); // ROLE: Poco::Timer arm
}

void goodTimer(Ticker &Object) {
  Poco::Timer Timer(100, 100);
  Poco::TimerCallback<Ticker> Callback(Object, &Ticker::onTimer);
  Timer.start(Callback); // ROLE: Poco::Timer arm
  Timer.restart(200); // ROLE: Poco::Timer arm
  Timer.stop(); // ROLE: Poco::Timer disarm
  Callback.invoke(Timer); // ROLE: Poco::TimerCallback apply
}

void badUtilTimer(Poco::Util::Timer &Timer) {
  Timer.scheduleAtFixedRate(Poco::Util::Timer::func([] { work(); }), 100, 100); // ROLE: Poco::Util::Timer arm
}

void goodUtilTimer() {
  Poco::Util::Timer Timer;
  Timer.schedule(Poco::Util::Timer::func([] { work(); }), 100, 100); // ROLE: Poco::Util::Timer arm
  Timer.cancel(true); // ROLE: Poco::Util::Timer disarm
}

void goodTimerTask(Poco::Util::TimerTask &Task) {
  if (!Task.isCancelled()) // ROLE: Poco::Util::TimerTask poll-stop
    Task.run(); // ROLE: Poco::Util::TimerTask apply
  Task.cancel(); // ROLE: Poco::Util::TimerTask request-stop
}

// Sockets

int badSocket(const Poco::Net::SocketAddress &Address, char (&Buffer)[64]) {
  Poco::Net::StreamSocket Socket(Address); // ROLE: Poco::Net::StreamSocket block
  return Socket.receiveBytes(Buffer, sizeof(Buffer)); // ROLE: Poco::Net::StreamSocket block
}

int goodSocket(const Poco::Net::SocketAddress &Address, char (&Buffer)[64]) {
  Poco::Net::StreamSocket Socket;
  Socket.connect(Address, Timespan(1, 0)); // ROLE: Poco::Net::StreamSocket block
  Socket.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::StreamSocket set-deadline
  Socket.setSendTimeout(Timespan(1, 0)); // ROLE: Poco::Net::StreamSocket set-deadline
  Socket.sendBytes(Buffer, sizeof(Buffer)); // ROLE: Poco::Net::StreamSocket block
  Socket.shutdownSend(); // ROLE: Poco::Net::StreamSocket close
  int Size = Socket.receiveBytes(Buffer, sizeof(Buffer)); // ROLE: Poco::Net::StreamSocket block
  Socket.close(); // ROLE: Poco::Net::StreamSocket close
  return Size;
}

int goodPolled(Poco::Net::StreamSocket &Socket, const Poco::Net::SocketAddress &Address, char (&Buffer)[64]) {
  Socket.connect(Address); // ROLE: Poco::Net::StreamSocket block
  if (!Socket.poll(Timespan(1, 0), Poco::Net::Socket::SELECT_READ)) // ROLE: Poco::Net::StreamSocket block
    return 0;
  Socket.setBlocking(false); // ROLE: Poco::Net::StreamSocket set-deadline
  return Socket.receiveBytes(Buffer, sizeof(Buffer)); // ROLE: Poco::Net::StreamSocket block
}

void goodBase(Poco::Net::Socket &Socket) {
  Socket.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::Socket set-deadline
  if (Socket.poll(Timespan(1, 0), Poco::Net::Socket::SELECT_READ)) // ROLE: Poco::Net::Socket block
    Socket.close(); // ROLE: Poco::Net::Socket close
}

int goodSelect(Poco::Net::Socket::SocketList &Read, Poco::Net::Socket::SocketList &None) {
  return Poco::Net::Socket::select(Read, None, None, Timespan(1, 0)); // ROLE: Poco::Net::Socket::select block
}

void goodPollSet(Poco::Net::StreamSocket &Socket) {
  Poco::Net::PollSet Set;
  Set.add(Socket, Poco::Net::PollSet::POLL_READ);
  Set.poll(Timespan(1, 0)); // ROLE: Poco::Net::PollSet block
}

void badDialog(Poco::Net::DialogSocket &Socket) {
  std::string Line;
  while (Socket.receiveMessage(Line)) // ROLE: Poco::Net::DialogSocket block
    work();
}

void goodDialog(Poco::Net::DialogSocket &Socket) {
  Socket.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::DialogSocket set-deadline
  Socket.sendMessage("HELLO"); // ROLE: Poco::Net::DialogSocket block
  std::string Line;
  Socket.receiveStatusMessage(Line); // ROLE: Poco::Net::DialogSocket block
  Socket.close(); // ROLE: Poco::Net::DialogSocket close
}

int badWebSocket(Poco::Net::HTTPClientSession &Session, Poco::Net::HTTPRequest &Request,
                 Poco::Net::HTTPResponse &Response, char (&Buffer)[64]) {
  Poco::Net::WebSocket Socket(Session, Request, Response); // ROLE: Poco::Net::WebSocket block
  int Flags;
  return Socket.receiveFrame(Buffer, sizeof(Buffer), Flags); // ROLE: Poco::Net::WebSocket block
}

int goodWebSocket(Poco::Net::WebSocket &Socket, char (&Buffer)[64]) {
  Socket.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::WebSocket set-deadline
  int Flags;
  int Size = Socket.receiveFrame(Buffer, sizeof(Buffer), Flags); // ROLE: Poco::Net::WebSocket block
  Socket.sendFrame(Buffer, Size); // ROLE: Poco::Net::WebSocket block
  Socket.shutdown(); // ROLE: Poco::Net::WebSocket close
  return Size;
}

void badAccept(Poco::Net::ServerSocket &Listener) {
  while (true) {
    Poco::Net::StreamSocket Client = Listener.acceptConnection(); // ROLE: Poco::Net::ServerSocket block
    work();
  }
}

void goodAccept(Poco::Net::ServerSocket &Listener) {
  while (more()) {
    if (!Listener.poll(Timespan(1, 0), Poco::Net::Socket::SELECT_READ)) // ROLE: Poco::Net::ServerSocket block
      continue;
    Poco::Net::StreamSocket Client = Listener.acceptConnection(); // ROLE: Poco::Net::ServerSocket block
    Client.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::StreamSocket set-deadline
  }
  Listener.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::ServerSocket set-deadline
  Listener.close(); // ROLE: Poco::Net::ServerSocket close
}

int badDatagram(Poco::Net::DatagramSocket &Socket, char (&Buffer)[64]) {
  Poco::Net::SocketAddress From;
  return Socket.receiveFrom(Buffer, sizeof(Buffer), From); // ROLE: Poco::Net::DatagramSocket block
}

int goodDatagram(Poco::Net::DatagramSocket &Socket, const Poco::Net::SocketAddress &To, char (&Buffer)[64]) {
  Socket.setReceiveTimeout(Timespan(1, 0)); // ROLE: Poco::Net::DatagramSocket set-deadline
  Socket.sendTo(Buffer, sizeof(Buffer), To); // ROLE: Poco::Net::DatagramSocket block
  int Size = Socket.receiveBytes(Buffer, sizeof(Buffer)); // ROLE: Poco::Net::DatagramSocket block
  Socket.close(); // ROLE: Poco::Net::DatagramSocket close
  return Size;
}

// HTTP

void badHttp(Poco::Net::HTTPRequest &Request, Poco::Net::HTTPResponse &Response) {
  Poco::Net::HTTPClientSession Session("localhost");
  Session.sendRequest(Request); // ROLE: Poco::Net::HTTPClientSession block
  Session.receiveResponse(Response); // ROLE: Poco::Net::HTTPClientSession block
}

void goodHttp(Poco::Net::HTTPRequest &Request, Poco::Net::HTTPResponse &Response) {
  Poco::Net::HTTPClientSession Session("localhost", 8080);
  Session.setTimeout(Timespan(1, 0)); // ROLE: Poco::Net::HTTPClientSession set-deadline
  Session.sendRequest(Request); // ROLE: Poco::Net::HTTPClientSession block
  if (Session.peekResponse(Response)) // ROLE: Poco::Net::HTTPClientSession block
    Session.receiveResponse(Response); // ROLE: Poco::Net::HTTPClientSession block
  Session.reset(); // ROLE: Poco::Net::HTTPClientSession close
}

void goodSession(Poco::Net::HTTPSession &Session) {
  Session.setTimeout(Timespan(1, 0), Timespan(1, 0), Timespan(1, 0)); // ROLE: Poco::Net::HTTPSession set-deadline
  Session.abort(); // ROLE: Poco::Net::HTTPSession close
}

Poco::Net::StreamSocket goodUpgrade(Poco::Net::HTTPClientSession &Session) {
  return Session.detachSocket(); // ROLE: Poco::Net::HTTPClientSession give-up
}

// Servers

void badServer(Poco::Net::TCPServerConnectionFactory::Ptr Factory) {
  static Poco::Net::TCPServer Server(Factory, 8080);
  Server.start(); // ROLE: Poco::Net::TCPServer start
}

void goodServer(Poco::Net::TCPServerConnectionFactory::Ptr Factory) {
  Poco::Net::TCPServer Server(Factory, 8080);
  Server.start(); // ROLE: Poco::Net::TCPServer start
  Server.stop(); // ROLE: Poco::Net::TCPServer join
}

void goodHttpServer(Poco::Net::HTTPRequestHandlerFactory::Ptr Factory) {
  Poco::Net::HTTPServer Server(Factory, 8080);
  Server.start(); // ROLE: Poco::Net::HTTPServer start
  Server.stopAll(true); // ROLE: Poco::Net::HTTPServer join
}

void badReactor() {
  Poco::Net::SocketReactor Reactor;
  Reactor.run(); // ROLE: Poco::Net::SocketReactor block
}

void goodReactor(Poco::Net::SocketReactor &Reactor) { Reactor.stop(); } // ROLE: Poco::Net::SocketReactor request-stop
