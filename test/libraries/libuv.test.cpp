// libuv, from the real header, in C++.
//
// REQUIRES: package-libuv1-dev
// RUN: %build/bin/leak-models verify --strict --also='-x c -std=gnu17' %repository/lib/models/libuv.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17
// RUN: %check_leaks %s leak-unjoined-thread

// clang-format off

#include <uv.h>

void work(void *Data);
void once();
bool more();
void onTimer(uv_timer_t *Timer);
void onAsync(uv_async_t *Async);
void onWork(uv_work_t *Request);
void onDone(uv_work_t *Request, int Status);

// Threads. Those that a variable of a function holds aren't followed yet: only what becomes of members is told.

class BadMember {
public:
  BadMember() { uv_thread_create(&Worker, work, nullptr); } // ROLE: uv_thread_create start

private:
  uv_thread_t Worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodMember {
public:
  GoodMember() { uv_thread_create(&Worker, work, nullptr); } // ROLE: uv_thread_create start
  ~GoodMember() { uv_thread_join(&Worker); } // ROLE: uv_thread_join join

private:
  uv_thread_t Worker;
};

int badThread(bool Ready) {
  uv_thread_t Worker;
  if (uv_thread_create(&Worker, work, nullptr) != 0) // ROLE: uv_thread_create start
    return -1;
  if (!Ready)
    return -1;
  return uv_thread_join(&Worker); // ROLE: uv_thread_join join
}

int goodThread() {
  uv_thread_t Worker;
  if (uv_thread_create(&Worker, work, nullptr) != 0) // ROLE: uv_thread_create start
    return -1;
  return uv_thread_join(&Worker); // ROLE: uv_thread_join join
}

void badOptions(const uv_thread_options_t &Options) {
  uv_thread_t Worker;
  uv_thread_create_ex(&Worker, &Options, work, nullptr); // ROLE: uv_thread_create_ex start
}

void badTwice() {
  uv_thread_t Worker;
  if (uv_thread_create(&Worker, work, nullptr)) // ROLE: uv_thread_create start
    return;
  uv_thread_join(&Worker); // ROLE: uv_thread_join join
  uv_thread_join(&Worker); // ROLE: uv_thread_join join
}

void goodOnce(uv_once_t *Guard) {
  uv_once(Guard, once); // ROLE: uv_once apply
  uv_sleep(10); // ROLE: uv_sleep sleep
}

// Loops

void badLoop(uv_loop_t *Loop) {
  uv_thread_t Runner;
  if (uv_thread_create(&Runner, [](void *Loop) { uv_run(static_cast<uv_loop_t *>(Loop), UV_RUN_DEFAULT); }, Loop)) // ROLE: uv_thread_create start, uv_run block
    return;
  uv_thread_join(&Runner); // ROLE: uv_thread_join join
}

void goodLoop() {
  uv_loop_t Loop;
  if (uv_loop_init(&Loop))
    return;
  uv_timer_t Timer;
  uv_timer_init(&Loop, &Timer);
  uv_timer_start(&Timer, [](uv_timer_t *Timer) { uv_stop(Timer->loop); }, 100, 0); // ROLE: uv_timer_start arm, uv_stop request-stop
  uv_run(&Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
  uv_close(reinterpret_cast<uv_handle_t *>(&Timer), nullptr);
  uv_walk(&Loop, [](uv_handle_t *, void *) {}, nullptr); // ROLE: uv_walk apply
  uv_run(&Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
  uv_loop_close(&Loop);
}

// Work

void badWork(uv_loop_t *Loop) {
  uv_work_t Request; // ends before the work
  uv_queue_work(Loop, &Request, onWork, onDone); // ROLE: uv_queue_work start
}

void goodWork(uv_loop_t *Loop, bool Ready) {
  uv_work_t Request;
  uv_queue_work(Loop, &Request, onWork, onDone); // ROLE: uv_queue_work start
  if (!Ready)
    uv_cancel(reinterpret_cast<uv_req_t *>(&Request)); // ROLE: uv_cancel cancel
  uv_run(Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
}

void goodProcess(uv_loop_t *Loop, const uv_process_options_t &Options) {
  uv_process_t Child;
  if (uv_spawn(Loop, &Child, &Options)) // ROLE: uv_spawn start
    return;
  uv_process_kill(&Child, SIGTERM); // ROLE: uv_process_kill request-stop
  uv_run(Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
}

// Handles

class BadTicker {
public:
  explicit BadTicker(uv_loop_t *Loop) {
    uv_timer_init(Loop, &Timer);
    uv_timer_start(&Timer, onTimer, 100, 100); // ROLE: uv_timer_start arm
  }

private:
  uv_timer_t Timer;
};

class GoodTicker {
public:
  explicit GoodTicker(uv_loop_t *Loop) {
    uv_timer_init(Loop, &Timer);
    uv_timer_start(&Timer, onTimer, 100, 100); // ROLE: uv_timer_start arm
  }
  ~GoodTicker() { uv_timer_stop(&Timer); } // ROLE: uv_timer_stop disarm
  void again() { uv_timer_again(&Timer); } // ROLE: uv_timer_again arm

private:
  uv_timer_t Timer;
};

void badAsync(uv_loop_t *Loop, uv_async_t *Async) {
  uv_async_init(Loop, Async, onAsync);
  uv_run(Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
}

void goodAsync(uv_async_t *Async) { uv_async_send(Async); } // ROLE: uv_async_send notify-one

void badIdle(uv_loop_t *Loop, uv_idle_t *Idle) {
  uv_idle_init(Loop, Idle);
  uv_idle_start(Idle, [](uv_idle_t *) {}); // ROLE: uv_idle_start arm
  uv_run(Loop, UV_RUN_DEFAULT); // ROLE: uv_run block
}

void goodIdle(uv_idle_t *Idle) {
  uv_idle_start(Idle, [](uv_idle_t *Idle) { uv_idle_stop(Idle); }); // ROLE: uv_idle_start arm, uv_idle_stop disarm
}

void goodWatchers(uv_prepare_t *Prepare, uv_check_t *Check, uv_signal_t *Signal, uv_poll_t *Poll,
                  uv_fs_event_t *Event, uv_fs_poll_t *FsPoll) {
  uv_prepare_start(Prepare, [](uv_prepare_t *) {}); // ROLE: uv_prepare_start arm
  uv_prepare_stop(Prepare); // ROLE: uv_prepare_stop disarm
  uv_check_start(Check, [](uv_check_t *) {}); // ROLE: uv_check_start arm
  uv_check_stop(Check); // ROLE: uv_check_stop disarm
  uv_signal_start(Signal, [](uv_signal_t *, int) {}, SIGINT); // ROLE: uv_signal_start arm
  uv_signal_stop(Signal); // ROLE: uv_signal_stop disarm
  uv_signal_start_oneshot(Signal, [](uv_signal_t *, int) {}, SIGINT); // ROLE: uv_signal_start_oneshot arm
  uv_signal_stop(Signal); // ROLE: uv_signal_stop disarm
  uv_poll_start(Poll, UV_READABLE, [](uv_poll_t *, int, int) {}); // ROLE: uv_poll_start arm
  uv_poll_stop(Poll); // ROLE: uv_poll_stop disarm
  uv_fs_event_start(Event, [](uv_fs_event_t *, const char *, int, int) {}, "file", 0); // ROLE: uv_fs_event_start arm
  uv_fs_event_stop(Event); // ROLE: uv_fs_event_stop disarm
  uv_fs_poll_start(FsPoll, [](uv_fs_poll_t *, int, const uv_stat_t *, const uv_stat_t *) {}, "file", 1000); // ROLE: uv_fs_poll_start arm
  uv_fs_poll_stop(FsPoll); // ROLE: uv_fs_poll_stop disarm
}

// Permits

bool badMutex(uv_mutex_t *Mutex) {
  uv_mutex_lock(Mutex); // ROLE: uv_mutex_lock acquire
  if (!more())
    return false;
  uv_mutex_unlock(Mutex); // ROLE: uv_mutex_unlock release
  return true;
}

bool goodMutex(uv_mutex_t *Mutex) {
  if (uv_mutex_trylock(Mutex)) // ROLE: uv_mutex_trylock try-acquire
    return false;
  uv_mutex_unlock(Mutex); // ROLE: uv_mutex_unlock release
  return true;
}

void badRwlock(uv_rwlock_t *Lock) {
  uv_rwlock_rdlock(Lock); // ROLE: uv_rwlock_rdlock acquire
  if (more())
    uv_rwlock_rdunlock(Lock); // ROLE: uv_rwlock_rdunlock release
}

void goodRwlock(uv_rwlock_t *Lock) {
  uv_rwlock_wrlock(Lock); // ROLE: uv_rwlock_wrlock acquire
  uv_rwlock_wrunlock(Lock); // ROLE: uv_rwlock_wrunlock release
  if (uv_rwlock_tryrdlock(Lock) == 0) // ROLE: uv_rwlock_tryrdlock try-acquire
    uv_rwlock_rdunlock(Lock); // ROLE: uv_rwlock_rdunlock release
  if (uv_rwlock_trywrlock(Lock) == 0) // ROLE: uv_rwlock_trywrlock try-acquire
    uv_rwlock_wrunlock(Lock); // ROLE: uv_rwlock_wrunlock release
}

void badSemaphore(uv_sem_t *Slots) {
  uv_sem_wait(Slots); // ROLE: uv_sem_wait acquire
  if (more())
    uv_sem_post(Slots); // ROLE: uv_sem_post release
}

void goodSemaphore() {
  uv_sem_t Slots;
  if (uv_sem_init(&Slots, 1))
    return;
  if (uv_sem_trywait(&Slots) == 0) // ROLE: uv_sem_trywait try-acquire
    uv_sem_post(&Slots); // ROLE: uv_sem_post release
  uv_sem_destroy(&Slots);
}

// Barriers

void badBarrier() {
  uv_barrier_t Meeting;
  uv_barrier_init(&Meeting, 2);
  uv_barrier_wait(&Meeting); // ROLE: uv_barrier_wait arrive
  uv_barrier_destroy(&Meeting);
}

void goodBarrier() {
  uv_barrier_t Meeting;
  if (uv_barrier_init(&Meeting, 2))
    return;
  uv_thread_t Worker;
  if (uv_thread_create(&Worker, [](void *Meeting) { uv_barrier_wait(static_cast<uv_barrier_t *>(Meeting)); }, &Meeting)) // ROLE: uv_thread_create start, uv_barrier_wait arrive
    return;
  uv_barrier_wait(&Meeting); // ROLE: uv_barrier_wait arrive
  uv_thread_join(&Worker); // ROLE: uv_thread_join join
  uv_barrier_destroy(&Meeting);
}

// Condition variables

struct Box {
  uv_mutex_t Mutex;
  uv_cond_t Changed;
  bool Full;
};

void badTake(Box &B) {
  uv_mutex_lock(&B.Mutex); // ROLE: uv_mutex_lock acquire
  uv_cond_wait(&B.Changed, &B.Mutex); // ROLE: uv_cond_wait wait
  B.Full = false;
  uv_mutex_unlock(&B.Mutex); // ROLE: uv_mutex_unlock release
}

void goodTake(Box &B) {
  uv_mutex_lock(&B.Mutex); // ROLE: uv_mutex_lock acquire
  while (!B.Full)
    uv_cond_wait(&B.Changed, &B.Mutex); // ROLE: uv_cond_wait wait
  B.Full = false;
  uv_mutex_unlock(&B.Mutex); // ROLE: uv_mutex_unlock release
}

bool goodTakeTimed(Box &B) {
  uv_mutex_lock(&B.Mutex); // ROLE: uv_mutex_lock acquire
  while (!B.Full)
    if (uv_cond_timedwait(&B.Changed, &B.Mutex, 1000000000) != 0) // ROLE: uv_cond_timedwait try-wait
      break;
  bool Got = B.Full;
  B.Full = false;
  uv_mutex_unlock(&B.Mutex); // ROLE: uv_mutex_unlock release
  return Got;
}

void goodPut(Box &B) {
  uv_mutex_lock(&B.Mutex); // ROLE: uv_mutex_lock acquire
  B.Full = true;
  uv_cond_signal(&B.Changed); // ROLE: uv_cond_signal notify-one
  uv_cond_broadcast(&B.Changed); // ROLE: uv_cond_broadcast notify-all
  uv_mutex_unlock(&B.Mutex); // ROLE: uv_mutex_unlock release
}
