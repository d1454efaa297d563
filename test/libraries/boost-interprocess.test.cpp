// The synchronization and the message queue of Boost.Interprocess, from the
// real headers: what each call is taken for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-interprocess.yaml
// RUN: %check_roles %s -std=c++17,c++20

// clang-format off

#include <boost/date_time/posix_time/posix_time_types.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/sync/file_lock.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_condition_any.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/interprocess_recursive_mutex.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/interprocess_sharable_mutex.hpp>
#include <boost/interprocess/sync/interprocess_upgradable_mutex.hpp>
#include <boost/interprocess/sync/named_condition.hpp>
#include <boost/interprocess/sync/named_mutex.hpp>
#include <boost/interprocess/sync/named_semaphore.hpp>
#include <boost/interprocess/sync/named_sharable_mutex.hpp>
#include <boost/interprocess/sync/named_upgradable_mutex.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <boost/interprocess/sync/sharable_lock.hpp>
#include <boost/interprocess/sync/upgradable_lock.hpp>

using namespace boost::interprocess;

void work();
bool more();
void use(int Value);
boost::posix_time::ptime soon();

// Semaphores

void goodSemaphore(interprocess_semaphore &Free) {
  Free.wait(); // ROLE: boost::interprocess::interprocess_semaphore acquire
  work();
  Free.post(); // ROLE: boost::interprocess::interprocess_semaphore release
}

void badSemaphore(interprocess_semaphore &Free) {
  if (!Free.try_wait()) // ROLE: boost::interprocess::interprocess_semaphore try-acquire
    Free.wait(); // ROLE: boost::interprocess::interprocess_semaphore acquire
  if (!more())
    return;
  Free.post(); // ROLE: boost::interprocess::interprocess_semaphore release
}

void goodNamedSemaphore() {
  named_semaphore Free(open_or_create, "free", 2);
  if (!Free.timed_wait(soon())) // ROLE: boost::interprocess::named_semaphore try-acquire
    return;
  work();
  Free.post(); // ROLE: boost::interprocess::named_semaphore release
}

void badNamedSemaphore() {
  named_semaphore Free(open_only, "free");
  Free.wait(); // ROLE: boost::interprocess::named_semaphore acquire
  work();
}

// Mutexes and locks

void goodMutex(interprocess_mutex &Mutex) {
  scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
  work();
}

void badMutex(interprocess_mutex &Mutex) {
  Mutex.lock(); // ROLE: boost::interprocess::interprocess_mutex acquire
  if (!more())
    return;
  Mutex.unlock(); // ROLE: boost::interprocess::interprocess_mutex release
}

void goodRecursive(interprocess_recursive_mutex &Mutex) {
  if (!Mutex.timed_lock(soon())) // ROLE: boost::interprocess::interprocess_recursive_mutex try-acquire
    return;
  Mutex.unlock(); // ROLE: boost::interprocess::interprocess_recursive_mutex release
}

void badRecursive(interprocess_recursive_mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: boost::interprocess::interprocess_recursive_mutex try-acquire
    work();
}

void goodNamed() {
  named_mutex Mutex(open_or_create, "mutex");
  scoped_lock<named_mutex> Lock(Mutex, try_to_lock); // ROLE: boost::interprocess::scoped_lock try-acquire
  if (Lock.owns())
    work();
}

void badNamed() {
  named_mutex Mutex(open_only, "mutex");
  scoped_lock<named_mutex> Lock(Mutex, defer_lock); // ROLE: boost::interprocess::scoped_lock try-acquire
  if (Lock.timed_lock(soon())) // ROLE: boost::interprocess::scoped_lock try-acquire
    Lock.release(); // ROLE: boost::interprocess::scoped_lock give-up
}

void goodSharable(interprocess_sharable_mutex &Mutex) {
  sharable_lock<interprocess_sharable_mutex> Lock(Mutex); // ROLE: boost::interprocess::sharable_lock acquire
  Lock.unlock(); // ROLE: boost::interprocess::sharable_lock release
  Lock.lock(); // ROLE: boost::interprocess::sharable_lock acquire
}

void badSharable(interprocess_sharable_mutex &Mutex) {
  Mutex.lock_sharable(); // ROLE: boost::interprocess::interprocess_sharable_mutex acquire
  if (!more())
    return;
  Mutex.unlock_sharable(); // ROLE: boost::interprocess::interprocess_sharable_mutex release
}

void goodUpgradable(interprocess_upgradable_mutex &Mutex) {
  upgradable_lock<interprocess_upgradable_mutex> Lock(Mutex); // ROLE: boost::interprocess::upgradable_lock acquire
  work();
}

void badUpgradable(named_upgradable_mutex &Mutex) {
  Mutex.lock_upgradable(); // ROLE: boost::interprocess::named_upgradable_mutex acquire
  if (!Mutex.try_lock_sharable()) // ROLE: boost::interprocess::named_upgradable_mutex try-acquire
    return;
  Mutex.unlock_sharable(); // ROLE: boost::interprocess::named_upgradable_mutex release
  Mutex.unlock_upgradable(); // ROLE: boost::interprocess::named_upgradable_mutex release
}

void goodNamedSharable(named_sharable_mutex &Mutex) {
  if (!Mutex.timed_lock_sharable(soon())) // ROLE: boost::interprocess::named_sharable_mutex try-acquire
    return;
  Mutex.unlock_sharable(); // ROLE: boost::interprocess::named_sharable_mutex release
}

void goodFile() {
  file_lock File("file");
  scoped_lock<file_lock> Lock(File); // ROLE: boost::interprocess::scoped_lock acquire
}

void badFile() {
  file_lock File("file");
  File.lock(); // ROLE: boost::interprocess::file_lock acquire
}

// Conditions

struct GoodCondition {
  void finish() {
    scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
    Done = true;
    Ready.notify_all(); // ROLE: boost::interprocess::interprocess_condition notify-all
  }
  void waitUntilDone() {
    scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
    while (!Done)
      Ready.wait(Lock); // ROLE: boost::interprocess::interprocess_condition wait
  }
  bool waitBounded() {
    scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
    return Ready.timed_wait(Lock, soon(), [this] { return Done; }); // ROLE: boost::interprocess::interprocess_condition try-wait
  }

  interprocess_mutex Mutex;
  interprocess_condition Ready;
  bool Done = false;
};

struct BadCondition {
  void finish() {
    scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
    Done = true;
  }
  void waitUntilDone() {
    scoped_lock<interprocess_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
    Ready.wait(Lock, [this] { return Done; }); // ROLE: boost::interprocess::interprocess_condition_any wait
  }

  interprocess_mutex Mutex;
  interprocess_condition_any Ready;
  bool Done = false;
};

void goodNamedCondition(named_mutex &Mutex, bool &Done) {
  named_condition Ready(open_or_create, "ready");
  scoped_lock<named_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
  while (!Done)
    Ready.timed_wait(Lock, soon()); // ROLE: boost::interprocess::named_condition try-wait
  Ready.notify_one(); // ROLE: boost::interprocess::named_condition notify-one
}

void badNamedCondition(named_mutex &Mutex) {
  named_condition Ready(open_only, "ready");
  scoped_lock<named_mutex> Lock(Mutex); // ROLE: boost::interprocess::scoped_lock acquire
  Ready.wait(Lock); // ROLE: boost::interprocess::named_condition wait
}

// message_queue: can't be closed

void goodQueue() {
  message_queue Queue(open_or_create, "queue", 8, sizeof(int));
  int Value = 1;
  Queue.send(&Value, sizeof(Value), 0); // ROLE: boost::interprocess::message_queue_t send
  message_queue::size_type Size;
  unsigned Priority;
  if (Queue.timed_receive(&Value, sizeof(Value), Size, Priority, soon())) // ROLE: boost::interprocess::message_queue_t try-receive
    use(Value);
}

void badQueue() {
  message_queue Queue(create_only, "queue", 8, sizeof(int));
  int Value;
  message_queue::size_type Size;
  unsigned Priority;
  Queue.receive(&Value, sizeof(Value), Size, Priority); // ROLE: boost::interprocess::message_queue_t receive
}

void goodQueueTries(message_queue &Queue) {
  int Value = 1;
  message_queue::size_type Size;
  unsigned Priority;
  if (Queue.try_send(&Value, sizeof(Value), 0) || Queue.timed_send(&Value, sizeof(Value), 0, soon())) // ROLE: boost::interprocess::message_queue_t try-send, boost::interprocess::message_queue_t try-send
    Queue.try_receive(&Value, sizeof(Value), Size, Priority); // ROLE: boost::interprocess::message_queue_t try-receive
}
