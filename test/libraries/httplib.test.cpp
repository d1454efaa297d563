// cpp-httplib, from the real header: what each call is taken for.
//
// REQUIRES: package-libcpp-httplib-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/httplib.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <httplib.h>

#include <thread>

void work();
bool more();

// Client

bool badClient() {
  httplib::Client Client("localhost", 8080);
  return bool(Client.Get("/")); // ROLE: httplib::Client block
}

bool goodClient() {
  httplib::Client Client("localhost", 8080);
  Client.set_connection_timeout(1); // ROLE: httplib::Client set-deadline
  Client.set_read_timeout(std::chrono::seconds(1)); // ROLE: httplib::Client set-deadline
  Client.set_write_timeout(1, 500000); // ROLE: httplib::Client set-deadline
  return Client.Get("/") && Client.Post("/", "text", "text/plain") && Client.Head("/"); // ROLE: httplib::Client block, httplib::Client block, httplib::Client block
}

void goodStopped(httplib::Client &Client) {
  std::thread Worker([&Client] { Client.Put("/", "text", "text/plain"); }); // ROLE: std::thread start, httplib::Client block
  Client.stop(); // ROLE: httplib::Client close
  Worker.join(); // ROLE: std::thread join
}

bool goodOthers(httplib::ClientImpl &Client, httplib::Request &Request, httplib::Response &Response) {
  httplib::Error Error;
  Client.set_read_timeout(1); // ROLE: httplib::ClientImpl set-deadline
  bool Sent = Client.send(Request, Response, Error) && Client.Delete("/") && Client.Options("/"); // ROLE: httplib::ClientImpl block, httplib::ClientImpl block, httplib::ClientImpl block
  Client.stop(); // ROLE: httplib::ClientImpl close
  return Sent;
}

// Server

void badServer() {
  httplib::Server Server;
  Server.Get("/", [](const httplib::Request &, httplib::Response &) { work(); });
  std::thread Listener([&Server] { Server.listen("localhost", 8080); }); // ROLE: std::thread start, httplib::Server block
  Listener.join(); // ROLE: std::thread join
}

void goodServer() {
  httplib::Server Server;
  Server.set_read_timeout(1); // ROLE: httplib::Server set-deadline
  Server.Get("/", [](const httplib::Request &, httplib::Response &) { work(); });
  if (!Server.bind_to_port("localhost", 8080))
    return;
  std::thread Listener([&Server] { Server.listen_after_bind(); }); // ROLE: std::thread start, httplib::Server block
  Server.stop(); // ROLE: httplib::Server request-stop
  Listener.join(); // ROLE: std::thread join
}

// ThreadPool

void badPool() {
  httplib::ThreadPool Pool(4);
  Pool.enqueue([] { work(); }); // ROLE: httplib::ThreadPool start
  if (more())
    Pool.shutdown(); // ROLE: httplib::ThreadPool join
}

void goodPool() {
  httplib::ThreadPool Pool(4);
  Pool.enqueue([] { work(); }); // ROLE: httplib::ThreadPool start
  Pool.shutdown(); // ROLE: httplib::ThreadPool join
}

void goodQueue(httplib::TaskQueue &Queue) {
  Queue.enqueue([] { work(); }); // ROLE: httplib::TaskQueue start
  Queue.shutdown(); // ROLE: httplib::TaskQueue join
}
