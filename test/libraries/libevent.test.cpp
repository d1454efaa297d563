// libevent, from the real headers: what each call is taken for.
//
// REQUIRES: package-libevent-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/libevent.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/event_compat.h>
#include <event2/event_struct.h>
#include <event2/http.h>

#include <thread>

void work();
bool more();
void onEvent(evutil_socket_t, short, void *);

// Loops

void badLoop(event_base *Base) {
  std::thread Runner([Base] { event_base_dispatch(Base); }); // ROLE: std::thread start, event_base_dispatch block
  Runner.join(); // ROLE: std::thread join
}

void goodLoop(event_base *Base) {
  std::thread Runner([Base] { event_base_dispatch(Base); }); // ROLE: std::thread start, event_base_dispatch block
  event_base_loopbreak(Base); // ROLE: event_base_loopbreak request-stop
  Runner.join(); // ROLE: std::thread join
}

void goodLoopExit() {
  event_base *Base = event_base_new();
  timeval Second = {1, 0};
  event_base_loopexit(Base, &Second); // ROLE: event_base_loopexit request-stop
  event_base_loop(Base, EVLOOP_NO_EXIT_ON_EMPTY); // ROLE: event_base_loop block
  if (!event_base_got_exit(Base) && !event_base_got_break(Base)) // ROLE: event_base_got_exit poll-stop, event_base_got_break poll-stop
    work();
  event_base_free(Base);
}

void badOldLoop() { event_dispatch(); } // ROLE: event_dispatch block

void goodOldLoop() { event_loop(EVLOOP_NONBLOCK); } // ROLE: event_loop block

// Timers

class BadTicker {
public:
  explicit BadTicker(event_base *Base) : Ticks(event_new(Base, -1, EV_PERSIST, onEvent, this)) {
    timeval Second = {1, 0};
    event_add(Ticks, &Second); // ROLE: event_add arm
  }

private:
  event *Ticks;
};

class GoodTicker {
public:
  explicit GoodTicker(event_base *Base) : Ticks(event_new(Base, -1, EV_PERSIST, onEvent, this)) {
    timeval Second = {1, 0};
    event_add(Ticks, &Second); // ROLE: event_add arm
  }
  ~GoodTicker() {
    event_del(Ticks); // ROLE: event_del disarm
    event_free(Ticks);
  }

private:
  event *Ticks;
};

void goodMacros(event_base *Base) {
  timeval Second = {1, 0};
  event *Timer = evtimer_new(Base, onEvent, nullptr);
  evtimer_add(Timer, &Second); // ROLE: event_add arm
  evtimer_del(Timer); // ROLE: event_del disarm
  event_free(Timer);
}

void goodPlaced(event_base *Base) {
  timeval Second = {1, 0};
  event Timer;
  event_assign(&Timer, Base, -1, 0, onEvent, nullptr);
  event_add(&Timer, &Second); // ROLE: event_add arm
  event_remove_timer(&Timer); // ROLE: event_remove_timer disarm
  event_del_noblock(&Timer); // ROLE: event_del_noblock disarm
  event_del_block(&Timer); // ROLE: event_del_block disarm
  event_base_once(Base, -1, EV_TIMEOUT, onEvent, nullptr, &Second); // ROLE: event_base_once arm
}

// Sockets

void badLocked(bufferevent *Socket) {
  bufferevent_lock(Socket); // ROLE: bufferevent_lock acquire
  if (!more())
    return;
  bufferevent_unlock(Socket); // ROLE: bufferevent_unlock release
}

void goodLocked(bufferevent *Socket) {
  timeval Second = {1, 0};
  bufferevent_lock(Socket); // ROLE: bufferevent_lock acquire
  bufferevent_set_timeouts(Socket, &Second, &Second); // ROLE: bufferevent_set_timeouts set-deadline
  bufferevent_unlock(Socket); // ROLE: bufferevent_unlock release
}

// HTTP

void badHttp(event_base *Base, evhttp_request *Request) {
  evhttp_connection *Connection = evhttp_connection_base_new(Base, nullptr, "localhost", 80);
  evhttp_make_request(Connection, Request, EVHTTP_REQ_GET, "/");
  event_base_dispatch(Base); // ROLE: event_base_dispatch block
}

void goodHttp(event_base *Base, evhttp_request *Request) {
  evhttp_connection *Connection = evhttp_connection_base_new(Base, nullptr, "localhost", 80);
  evhttp_connection_set_timeout(Connection, 1); // ROLE: evhttp_connection_set_timeout set-deadline
  evhttp_make_request(Connection, Request, EVHTTP_REQ_GET, "/");
  event_base_dispatch(Base); // ROLE: event_base_dispatch block
  evhttp_connection_free(Connection);
}

void goodTimeouts(evhttp *Server, evhttp_connection *Connection) {
  timeval Second = {1, 0};
  evhttp_set_timeout(Server, 1); // ROLE: evhttp_set_timeout set-deadline
  evhttp_set_timeout_tv(Server, &Second); // ROLE: evhttp_set_timeout_tv set-deadline
  evhttp_connection_set_timeout_tv(Connection, &Second); // ROLE: evhttp_connection_set_timeout_tv set-deadline
}
