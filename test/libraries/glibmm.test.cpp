// glibmm 2.4, from the real headers.
//
// REQUIRES: package-libglibmm-2.4-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/glibmm.yaml -- -std=c++17 %glibmm
// RUN: %check_roles %s -std=c++17 -- %glibmm
// clang-format off

#include <glibmm/dispatcher.h>
#include <glibmm/main.h>
#include <glibmm/threadpool.h>
#include <glibmm/threads.h>

void work();
bool tick();
bool ready();

// Threads free themselves in join.

void goodThread() {
  Glib::Threads::Thread *Worker = Glib::Threads::Thread::create(&work); // ROLE: Glib::Threads::Thread start
  Worker->join(); // ROLE: Glib::Threads::Thread join
}

void badThread() {
  Glib::Threads::Thread *Worker = Glib::Threads::Thread::create(&work, "worker"); // ROLE: Glib::Threads::Thread start
  if (!ready())
    return;
  Worker->join(); // ROLE: Glib::Threads::Thread join
}

// Mutexes

void goodMutex(Glib::Threads::Mutex &M, Glib::Threads::RecMutex &R, Glib::Threads::RWLock &L) {
  M.lock(); // ROLE: Glib::Threads::Mutex acquire
  M.unlock(); // ROLE: Glib::Threads::Mutex release
  R.lock(); // ROLE: Glib::Threads::RecMutex acquire
  R.unlock(); // ROLE: Glib::Threads::RecMutex release
  L.reader_lock(); // ROLE: Glib::Threads::RWLock acquire
  L.reader_unlock(); // ROLE: Glib::Threads::RWLock release
}

void badMutex(Glib::Threads::Mutex &M, Glib::Threads::RecMutex &R, Glib::Threads::RWLock &L) {
  M.lock(); // ROLE: Glib::Threads::Mutex acquire
  if (R.trylock()) // ROLE: Glib::Threads::RecMutex try-acquire
    L.writer_lock(); // ROLE: Glib::Threads::RWLock acquire
}

void goodGuards(Glib::Threads::Mutex &M, Glib::Threads::RecMutex &R, Glib::Threads::RWLock &L) {
  Glib::Threads::Mutex::Lock Held(M); // ROLE: Glib::Threads::Mutex::Lock acquire
  Held.release(); // ROLE: Glib::Threads::Mutex::Lock release
  Held.acquire(); // ROLE: Glib::Threads::Mutex::Lock acquire
  Glib::Threads::RecMutex::Lock Again(R); // ROLE: Glib::Threads::RecMutex::Lock acquire
  Glib::Threads::RWLock::ReaderLock Reading(L); // ROLE: Glib::Threads::RWLock::ReaderLock acquire
}

void badGuards(Glib::Threads::Mutex &M, Glib::Threads::RWLock &L) {
  Glib::Threads::Mutex::Lock Held(M, Glib::Threads::TRY_LOCK); // ROLE: Glib::Threads::Mutex::Lock try-acquire
  work();
  Glib::Threads::RWLock::WriterLock Writing(L); // ROLE: Glib::Threads::RWLock::WriterLock acquire
  L.writer_unlock(); // ROLE: Glib::Threads::RWLock release
}

// Conditions

void goodCondition(Glib::Threads::Mutex &M, Glib::Threads::Cond &Filled, const bool &Done) {
  Glib::Threads::Mutex::Lock Held(M); // ROLE: Glib::Threads::Mutex::Lock acquire
  while (!Done)
    Filled.wait(M); // ROLE: Glib::Threads::Cond wait
  Filled.signal(); // ROLE: Glib::Threads::Cond notify-one
}

void badCondition(Glib::Threads::Mutex &M, Glib::Threads::Cond &Filled) {
  Glib::Threads::Mutex::Lock Held(M); // ROLE: Glib::Threads::Mutex::Lock acquire
  Filled.wait_until(M, 1000); // ROLE: Glib::Threads::Cond try-wait
  Filled.wait(M); // ROLE: Glib::Threads::Cond wait
  Filled.broadcast(); // ROLE: Glib::Threads::Cond notify-all
}

// Pools: the destructor waits, too.

void goodPool() {
  Glib::ThreadPool Pool(4);
  Pool.push(&work); // ROLE: Glib::ThreadPool start
  Pool.shutdown(); // ROLE: Glib::ThreadPool join
}

// What is queued is dropped.
void badPool() {
  Glib::ThreadPool Pool(4);
  Pool.push(&work); // ROLE: Glib::ThreadPool start
}

// Main loops and timeouts

void goodLoop() {
  Glib::RefPtr<Glib::MainLoop> Loop = Glib::MainLoop::create();
  sigc::connection Tick = Glib::signal_timeout().connect(&tick, 100); // ROLE: Glib::SignalTimeout arm
  Glib::signal_idle().connect_once([Loop] { Loop->quit(); }); // ROLE: Glib::SignalIdle arm, Glib::MainLoop request-stop
  Loop->run(); // ROLE: Glib::MainLoop wait
  Tick.disconnect(); // ROLE: sigc::connection disarm
}

// It ticks for ever, and nobody ends the loop.
void badLoop() {
  Glib::RefPtr<Glib::MainLoop> Loop = Glib::MainLoop::create();
  Glib::signal_timeout().connect(&tick, 100); // ROLE: Glib::SignalTimeout arm
  Glib::signal_idle().connect(&tick); // ROLE: Glib::SignalIdle arm
  Glib::signal_timeout().connect_once(&work, 100); // ROLE: Glib::SignalTimeout arm
  Loop->run(); // ROLE: Glib::MainLoop wait
}

void goodContext(Glib::MainContext &Context) {
  Context.invoke(&tick); // ROLE: Glib::MainContext escape
  Context.iteration(false); // ROLE: Glib::MainContext block
}

void badContext(Glib::MainContext &Context) {
  Context.iteration(true); // ROLE: Glib::MainContext block
}

void goodDispatcher(Glib::Dispatcher &Done) {
  Done.connect(&work);
  Done.emit(); // ROLE: Glib::Dispatcher notify-one
}

// Nobody listens.
void badDispatcher() {
  Glib::Dispatcher Done;
  Done(); // ROLE: Glib::Dispatcher notify-one
}
