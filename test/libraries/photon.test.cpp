// PhotonLibOS, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/photon.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/photon
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/photon
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- -isystem %S/Inputs/photon

// clang-format off

#include <photon/thread/future.h>
#include <photon/thread/std-compat.h>
#include <photon/thread/thread.h>
#include <photon/thread/thread11.h>
#include <photon/thread/timer.h>
#include <photon/thread/workerpool.h>

#include <chrono>

using namespace std::chrono_literals;

void work();
void *entry(void *);
bool prepare();
void use(int);

// photon_std::thread: std::terminate

void badStdThread(bool Ready) {
  photon_std::thread Worker(work); // ROLE: photon_std::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'Worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: photon_std::thread join
}

void goodStdThread(bool Ready) {
  photon_std::thread Worker(work); // ROLE: photon_std::thread start
  photon_std::this_thread::sleep_for(1s); // ROLE: photon_std::this_thread::sleep_for sleep
  if (Ready && Worker.joinable()) // ROLE: photon_std::thread test-live
    Worker.join(); // ROLE: photon_std::thread join
  else
    Worker.detach(); // ROLE: photon_std::thread detach
}

// photon::thread_create

void goodThread() {
  photon::thread_create(entry, nullptr); // ROLE: photon::thread_create start
  photon::thread_create11(work); // ROLE: photon::thread_create11 start
}

void goodJoined() {
  photon::thread *Thread = photon::thread_create(entry, nullptr); // ROLE: photon::thread_create start
  photon::join_handle *Handle = photon::thread_enable_join(Thread); // ROLE: photon::thread_enable_join start
  photon::thread_interrupt(Thread); // ROLE: photon::thread_interrupt request-stop
  photon::thread_join(Handle); // ROLE: photon::thread_join join
}

// Handles that are pointers aren't followed, so this is silent, as in user-model-pointer.test.cpp.
void badJoined(bool Ready) {
  photon::thread *Thread = photon::thread_create(entry, nullptr); // ROLE: photon::thread_create start
  photon::join_handle *Handle = photon::thread_enable_join(Thread); // ROLE: photon::thread_enable_join start
  if (Ready)
    photon::thread_join(Handle); // ROLE: photon::thread_join join
}

void *goodLoop(void *) {
  while (photon::thread_usleep(1000) == 0) // ROLE: photon::thread_usleep sleep
    prepare();
  return nullptr;
}

void *badLoop(void *) {
  photon::thread_suspend(); // ROLE: photon::thread_suspend block
  return nullptr;
}

// Semaphores and locks

void badSemaphore(photon::semaphore &Semaphore) {
  Semaphore.wait(1); // ROLE: photon::semaphore acquire
  if (prepare())
    Semaphore.signal(1); // ROLE: photon::semaphore release
}

void goodSemaphore(photon::semaphore &Semaphore) {
  if (Semaphore.wait(1, 1000) == 0) // ROLE: photon::semaphore try-acquire
    Semaphore.signal(1); // ROLE: photon::semaphore release
  Semaphore.wait_interruptible(1); // ROLE: photon::semaphore acquire
  Semaphore.signal(1); // ROLE: photon::semaphore release
}

void badMutex(photon::mutex &Mutex) {
  Mutex.lock(); // ROLE: photon::mutex acquire
  if (prepare())
    Mutex.unlock(); // ROLE: photon::mutex release
}

void goodMutex(photon::mutex &Mutex, photon::recursive_mutex &Recursive, photon::spinlock &Spin) {
  if (Mutex.lock(1000) == 0) // ROLE: photon::mutex try-acquire
    Mutex.unlock(); // ROLE: photon::mutex release
  if (Recursive.try_lock() == 0) // ROLE: photon::recursive_mutex try-acquire
    Recursive.unlock(); // ROLE: photon::recursive_mutex release
  Spin.lock(); // ROLE: photon::spinlock acquire
  Spin.unlock(); // ROLE: photon::spinlock release
  photon::scoped_lock Guard(Mutex); // ROLE: photon::locker acquire
}

void badRWLock(photon::rwlock &Lock) {
  Lock.lock(photon::WLOCK); // ROLE: photon::rwlock acquire
  if (prepare())
    Lock.unlock(); // ROLE: photon::rwlock release
}

void goodRWLock(photon::rwlock &Lock) {
  if (Lock.lock(photon::RLOCK, 1000) == 0) // ROLE: photon::rwlock try-acquire
    Lock.unlock(); // ROLE: photon::rwlock release
}

// Conditions and futures

void badCondition(photon::condition_variable &Condition, photon::mutex &Mutex, bool &Ready) {
  photon::scoped_lock Lock(Mutex); // ROLE: photon::locker acquire
  if (!Ready)
    Condition.wait(Lock); // ROLE: photon::condition_variable wait
}

void goodCondition(photon::condition_variable &Condition, photon::mutex &Mutex, bool &Ready) {
  photon::scoped_lock Lock(Mutex); // ROLE: photon::locker acquire
  while (!Ready)
    Condition.wait(Lock); // ROLE: photon::condition_variable wait
  Lock.unlock(); // ROLE: photon::locker release
  Condition.notify_one(); // ROLE: photon::condition_variable notify-one
  Condition.broadcast(); // ROLE: photon::condition_variable notify-all
}

void badFuture() {
  photon::Future<int> Answer;
  if (prepare())
    Answer.get_promise().set_value(1); // ROLE: photon::Future::Promise fulfil
  use(Answer.get()); // ROLE: photon::Future wait
}

void goodFuture() {
  photon::Future<int> Answer;
  Answer.get_promise().set_value(1); // ROLE: photon::Future::Promise fulfil
  if (Answer.wait_for(1000) == 0) // ROLE: photon::Future try-wait
    use(Answer.get()); // ROLE: photon::Future wait
}

// Timers and pools

std::uint64_t tick(void *);

void badTimer() {
  static photon::Timer Timer(1000, tick); // ROLE: photon::Timer arm
}

void goodTimer() {
  photon::Timer Timer(1000, tick); // ROLE: photon::Timer arm
  Timer.reset(2000); // ROLE: photon::Timer arm
  Timer.stop(); // ROLE: photon::Timer disarm
}

struct Job {
  void operator()();
};

void badPool(photon::WorkPool &Pool) {
  Job Local;
  Pool.async_call(&Local); // ROLE: photon::WorkPool start
}

void goodPool() {
  photon::WorkPool Pool(4);
  Pool.call(work); // ROLE: photon::WorkPool apply
  Pool.async_call(new Job); // ROLE: photon::WorkPool start
}
