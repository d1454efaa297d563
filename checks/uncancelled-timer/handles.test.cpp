// Timers of C in classes: nobody ends them but their owner.
//
// REQUIRES: package-libuv1-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=c++17

#include <cstring>
#include <signal.h>
#include <time.h>
#include <uv.h>

void onTick(uv_timer_t *);
void onSignal(sigval);

class BadUv {
public:
  explicit BadUv(uv_loop_t *loop) {
    uv_timer_init(loop, &timer);
    timer.data = this;
    uv_timer_start(&timer, onTick, 0, 100);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'timer' is still armed when its owner is destroyed; it goes on firing
  }
  ~BadUv() { ticks = 0; }

private:
  uv_timer_t timer;
  int ticks = 0;
};

class GoodUv {
public:
  explicit GoodUv(uv_loop_t *loop) {
    uv_timer_init(loop, &timer);
    timer.data = this;
    uv_timer_start(&timer, onTick, 0, 100);
  }
  ~GoodUv() { uv_timer_stop(&timer); }

private:
  uv_timer_t timer;
};

class GoodUvClose {
public:
  explicit GoodUvClose(uv_loop_t *loop) {
    uv_timer_init(loop, &timer);
    uv_timer_start(&timer, onTick, 0, 100);
  }
  ~GoodUvClose() { ticks = 0; }
  void close() { uv_close(reinterpret_cast<uv_handle_t *>(&timer), nullptr); }

private:
  uv_timer_t timer;
  int ticks = 0;
};

// The loop is its own, and ends as well.
class GoodUvLoop {
public:
  GoodUvLoop() {
    uv_loop_init(&loop);
    uv_timer_init(&loop, &timer);
    uv_timer_start(&timer, onTick, 0, 100);
  }
  ~GoodUvLoop() { uv_loop_close(&loop); }

private:
  uv_loop_t loop;
  uv_timer_t timer;
};

class BadPosix {
public:
  BadPosix() {
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD;
    event.sigev_value.sival_ptr = this;
    event.sigev_notify_function = onSignal;
    timer_create(CLOCK_MONOTONIC, &event, &timer);
  }
  void start(const itimerspec &spec) {
    timer_settime(timer, 0, &spec, nullptr);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'timer' is still armed when its owner is destroyed
  }
  ~BadPosix() { ticks = 0; }

private:
  timer_t timer;
  int ticks = 0;
};

class GoodPosix {
public:
  GoodPosix() {
    sigevent event{};
    event.sigev_notify = SIGEV_THREAD;
    event.sigev_value.sival_ptr = this;
    event.sigev_notify_function = onSignal;
    timer_create(CLOCK_MONOTONIC, &event, &timer);
  }
  void start(const itimerspec &spec) {
    timer_settime(timer, 0, &spec, nullptr);
  }
  ~GoodPosix() { timer_delete(timer); }

private:
  timer_t timer;
};
