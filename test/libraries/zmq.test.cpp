// ZeroMQ, libzmq and cppzmq, from the real headers: what each call is taken for.
//
// REQUIRES: package-cppzmq-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/zmq.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <zmq.h>
#include <zmq.hpp>
#include <zmq_addon.hpp>

#include <chrono>
#include <iterator>
#include <thread>
#include <vector>

using std::chrono::milliseconds;

void work();
void job(void *Data);
bool more();

// C: sockets

void badReceive(void *Socket, char (&Buffer)[64]) {
  while (zmq_recv(Socket, Buffer, sizeof(Buffer), 0) >= 0) // ROLE: zmq_recv block
    work();
}

void goodReceive(void *Context, char (&Buffer)[64]) {
  void *Socket = zmq_socket(Context, ZMQ_PULL);
  int Milliseconds = 1000;
  zmq_setsockopt(Socket, ZMQ_RCVTIMEO, &Milliseconds, sizeof(Milliseconds)); // ROLE: zmq_setsockopt set-deadline
  while (more())
    if (zmq_recv(Socket, Buffer, sizeof(Buffer), 0) >= 0) // ROLE: zmq_recv block
      work();
  zmq_close(Socket); // ROLE: zmq_close close
}

void goodMessages(void *Socket, zmq_msg_t *Message) {
  if (zmq_msg_recv(Message, Socket, ZMQ_DONTWAIT) >= 0) // ROLE: zmq_msg_recv block
    zmq_msg_send(Message, Socket, ZMQ_DONTWAIT); // ROLE: zmq_msg_send block
  zmq_send(Socket, "", 0, ZMQ_DONTWAIT); // ROLE: zmq_send block
  zmq_send_const(Socket, "", 0, ZMQ_DONTWAIT); // ROLE: zmq_send_const block
  zmq_recvmsg(Socket, Message, ZMQ_DONTWAIT); // ROLE: zmq_recvmsg block
  zmq_sendmsg(Socket, Message, ZMQ_DONTWAIT); // ROLE: zmq_sendmsg block
}

void badPoll(zmq_pollitem_t *Items, int Size) {
  while (zmq_poll(Items, Size, -1) >= 0) // ROLE: zmq_poll block
    work();
}

void goodPoll(zmq_pollitem_t *Items, int Size) {
  while (more())
    zmq_poll(Items, Size, 1000); // ROLE: zmq_poll block
}

// C: contexts and threads

// Waits for the socket.
void badContext() {
  void *Context = zmq_ctx_new();
  void *Socket = zmq_socket(Context, ZMQ_PUSH);
  zmq_send(Socket, "", 0, 0); // ROLE: zmq_send block
  zmq_ctx_term(Context); // ROLE: zmq_ctx_term join
}

void goodContext() {
  void *Context = zmq_ctx_new();
  void *Socket = zmq_socket(Context, ZMQ_PUSH);
  int Linger = 0;
  zmq_setsockopt(Socket, ZMQ_LINGER, &Linger, sizeof(Linger));
  zmq_send(Socket, "", 0, 0); // ROLE: zmq_send block
  zmq_close(Socket); // ROLE: zmq_close close
  zmq_ctx_shutdown(Context); // ROLE: zmq_ctx_shutdown request-stop
  zmq_ctx_term(Context); // ROLE: zmq_ctx_term join
}

void badThread() { zmq_threadstart(job, nullptr); } // ROLE: zmq_threadstart start

void goodThread() {
  void *Worker = zmq_threadstart(job, nullptr); // ROLE: zmq_threadstart start
  zmq_sleep(1); // ROLE: zmq_sleep sleep
  zmq_threadclose(Worker); // ROLE: zmq_threadclose join
}

void badProxy(void *Front, void *Back) { zmq_proxy(Front, Back, nullptr); } // ROLE: zmq_proxy block

void goodProxy(void *Front, void *Back, void *Control) { zmq_proxy_steerable(Front, Back, nullptr, Control); } // ROLE: zmq_proxy_steerable block

// C++: sockets

void badSocket(zmq::context_t &Context) {
  zmq::socket_t Socket(Context, zmq::socket_type::pull);
  zmq::message_t Message;
  while (Socket.recv(Message, zmq::recv_flags::none)) // ROLE: zmq::socket_t block
    work();
}

void goodSocket(zmq::context_t &Context) {
  zmq::socket_t Socket(Context, zmq::socket_type::rep);
  Socket.set(zmq::sockopt::rcvtimeo, 1000); // ROLE: zmq::socket_t set-deadline
  Socket.bind("tcp://*:5555");
  zmq::message_t Message;
  while (more())
    if (Socket.recv(Message, zmq::recv_flags::none)) // ROLE: zmq::socket_t block
      Socket.send(Message, zmq::send_flags::dontwait);
  Socket.close(); // ROLE: zmq::socket_t close
}

void goodReference(zmq::socket_ref Socket) {
  zmq::message_t Message;
  if (Socket.recv(Message, zmq::recv_flags::dontwait))
    Socket.send(Message, zmq::send_flags::none); // ROLE: zmq::socket_ref block
}

void badParts(zmq::socket_t &Socket, std::vector<zmq::message_t> &Parts) {
  while (zmq::recv_multipart(Socket, std::back_inserter(Parts))) // ROLE: zmq::recv_multipart block
    zmq::send_multipart(Socket, Parts); // ROLE: zmq::send_multipart block
}

void goodParts(zmq::socket_t &Socket, std::vector<zmq::message_t> &Parts) {
  if (zmq::recv_multipart_n(Socket, std::back_inserter(Parts), 4, zmq::recv_flags::dontwait)) // ROLE: zmq::recv_multipart_n block
    work();
  zmq::multipart_t Message;
  if (Message.recv(Socket, ZMQ_DONTWAIT)) // ROLE: zmq::multipart_t block
    Message.send(Socket, ZMQ_DONTWAIT); // ROLE: zmq::multipart_t block
}

void badPollAll(std::vector<zmq::pollitem_t> &Items) { zmq::poll(Items); } // ROLE: zmq::poll block

void goodPollAll(std::vector<zmq::pollitem_t> &Items) {
  zmq::poll(Items, milliseconds(1000)); // ROLE: zmq::poll block
  zmq::poll(Items.data(), Items.size(), milliseconds(1000)); // ROLE: zmq::poll block
}

void badProxies(zmq::socket_ref Front, zmq::socket_ref Back) { zmq::proxy(Front, Back); } // ROLE: zmq::proxy block

void goodProxies(zmq::socket_ref Front, zmq::socket_ref Back, zmq::socket_ref Control) {
  zmq::proxy_steerable(Front, Back, zmq::socket_ref(), Control); // ROLE: zmq::proxy_steerable block
}

// C++: contexts

void badContextClass(zmq::socket_type Type) {
  zmq::context_t Context;
  std::thread Worker([&Context, Type] { // ROLE: std::thread start
    zmq::socket_t Socket(Context, Type);
    zmq::message_t Message;
    while (Socket.recv(Message, zmq::recv_flags::none)) // ROLE: zmq::socket_t block
      work();
  });
  Worker.join(); // ROLE: std::thread join
}

void goodContextClass(zmq::socket_type Type) {
  zmq::context_t Context;
  std::thread Worker([&Context, Type] { // ROLE: std::thread start
    zmq::socket_t Socket(Context, Type);
    zmq::message_t Message;
    try {
      while (Socket.recv(Message, zmq::recv_flags::none)) // ROLE: zmq::socket_t block
        work();
    } catch (const zmq::error_t &) {
    }
  });
  Context.shutdown(); // ROLE: zmq::context_t request-stop
  Worker.join(); // ROLE: std::thread join
  Context.close(); // ROLE: zmq::context_t join
}

void badMonitor(zmq::monitor_t &Monitor, zmq::socket_t &Socket) { Monitor.monitor(Socket, "inproc://monitor"); } // ROLE: zmq::monitor_t block

void goodMonitor(zmq::monitor_t &Monitor) {
  while (more())
    Monitor.check_event(1000); // ROLE: zmq::monitor_t block
  Monitor.abort(); // ROLE: zmq::monitor_t request-stop
}
