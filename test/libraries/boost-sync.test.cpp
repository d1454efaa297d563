// Boost.Thread's futures, counters, queues, mutexes and conditions in version
// 2, the default, from the real headers: what each call is taken for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <boost/thread/barrier.hpp>
#include <boost/thread/completion_latch.hpp>
#include <boost/thread/condition.hpp>
#include <boost/thread/condition_variable.hpp>
#include <boost/thread/future.hpp>
#include <boost/thread/latch.hpp>
#include <boost/thread/lock_factories.hpp>
#include <boost/thread/locks.hpp>
#include <boost/thread/mutex.hpp>
#include <boost/thread/once.hpp>
#include <boost/thread/recursive_mutex.hpp>
#include <boost/thread/reverse_lock.hpp>
#include <boost/thread/shared_lock_guard.hpp>
#include <boost/thread/shared_mutex.hpp>
#include <boost/thread/strict_lock.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <boost/thread/sync_queue.hpp>
#include <boost/thread/thread.hpp>
#include <boost/thread/with_lock_guard.hpp>

#include <exception>

void work();
int compute();
void use(int Value);
bool more();

// async, promise, future, shared_future, packaged_task

int goodAsync() {
  auto Result = boost::async(boost::launch::async, compute); // ROLE: boost::async start
  return Result.get(); // ROLE: boost::unique_future join
}

void badAsync() {
  boost::async(boost::launch::async, compute); // ROLE: boost::async start
}

int goodPromise() {
  boost::promise<int> Promise;
  auto Result = Promise.get_future(); // ROLE: boost::promise get-future
  boost::thread Worker([&Promise] { // ROLE: boost::thread start
    try {
      Promise.set_value(compute()); // ROLE: boost::promise fulfil
    } catch (...) {
      Promise.set_exception(boost::current_exception()); // ROLE: boost::promise fail
    }
  });
  Worker.join(); // ROLE: boost::thread join
  return Result.get(); // ROLE: boost::unique_future join
}

int badPromise() {
  boost::promise<int> Promise;
  auto Result = Promise.get_future(); // ROLE: boost::promise get-future
  return Result.get(); // ROLE: boost::unique_future join
}

int goodFutureBounded(boost::promise<int> &Promise) {
  auto Result = Promise.get_future(); // ROLE: boost::promise get-future
  if (Result.wait_for(boost::chrono::seconds(1)) != boost::future_status::ready) // ROLE: boost::unique_future try-wait
    return 0;
  return Result.get(); // ROLE: boost::unique_future join
}

void badFutureUnbounded(boost::promise<int> &Promise) {
  Promise.get_future().wait(); // ROLE: boost::promise get-future, boost::unique_future wait
}

int goodShared(boost::promise<int> &Promise) {
  boost::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::promise get-future, boost::unique_future give-up
  boost::shared_future<int> Other = Result;
  boost::thread Worker([Other] { use(Other.get()); }); // ROLE: boost::thread start, boost::shared_future join
  Promise.set_value(1); // ROLE: boost::promise fulfil
  Worker.join(); // ROLE: boost::thread join
  return Result.get(); // ROLE: boost::shared_future join
}

int badShared() {
  boost::promise<int> Promise;
  boost::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::promise get-future, boost::unique_future give-up
  Result.wait(); // ROLE: boost::shared_future wait
  return Result.get(); // ROLE: boost::shared_future join
}

int goodTask() {
  boost::packaged_task<int> Task(compute);
  auto Result = Task.get_future(); // ROLE: boost::packaged_task get-future
  boost::thread Worker(boost::move(Task)); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
  return Result.get(); // ROLE: boost::unique_future join
}

int badTask() {
  boost::packaged_task<int> Task(compute);
  auto Result = Task.get_future(); // ROLE: boost::packaged_task get-future
  return Result.get(); // ROLE: boost::unique_future join
}

void goodWaitForAll() {
  auto First = boost::async(boost::launch::async, compute); // ROLE: boost::async start
  auto Second = boost::async(boost::launch::async, compute); // ROLE: boost::async start
  boost::wait_for_all(First, Second); // ROLE: boost::wait_for_all wait
}

// latch, completion_latch, barrier

void goodLatch() {
  boost::latch Done(2);
  boost::thread First([&Done] { Done.count_down(); }); // ROLE: boost::thread start, boost::latch count-down
  boost::thread Second([&Done] { Done.count_down(); }); // ROLE: boost::thread start, boost::latch count-down
  Done.wait(); // ROLE: boost::latch wait
  First.join(); // ROLE: boost::thread join
  Second.join(); // ROLE: boost::thread join
}

void badLatch() {
  boost::latch Done(2);
  boost::thread First([&Done] { Done.count_down(); }); // ROLE: boost::thread start, boost::latch count-down
  Done.wait(); // ROLE: boost::latch wait
  First.join(); // ROLE: boost::thread join
}

void goodLatchBounded(boost::latch &Done) {
  if (!Done.try_wait()) // ROLE: boost::latch try-wait
    Done.wait_for(boost::chrono::seconds(1)); // ROLE: boost::latch try-wait
  Done.reset(1);
}

void goodLatchBoth(boost::latch &Done) {
  Done.count_down_and_wait(); // ROLE: boost::latch arrive
}

void goodCompletion() {
  boost::completion_latch Done(1, work);
  boost::thread Worker([&Done] { Done.count_down(); }); // ROLE: boost::thread start, boost::completion_latch count-down
  Done.wait(); // ROLE: boost::completion_latch wait
  Worker.join(); // ROLE: boost::thread join
}

void badCompletion() {
  boost::completion_latch Done(1);
  Done.wait(); // ROLE: boost::completion_latch wait
}

void goodBarrier() {
  boost::barrier Both(2);
  boost::thread Worker([&Both] { Both.wait(); }); // ROLE: boost::thread start, boost::barrier arrive
  Both.wait(); // ROLE: boost::barrier arrive
  Worker.join(); // ROLE: boost::thread join
}

void badBarrier() {
  boost::barrier Both(3);
  boost::thread Worker([&Both] { Both.count_down_and_wait(); }); // ROLE: boost::thread start, boost::barrier arrive
  Both.wait(); // ROLE: boost::barrier arrive
  Worker.join(); // ROLE: boost::thread join
}

// sync_queue, sync_bounded_queue

void goodQueue() {
  boost::sync_queue<int> Queue;
  boost::thread Consumer([&Queue] { // ROLE: boost::thread start
    int Value;
    while (Queue.wait_pull(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_queue receive
      use(Value);
  });
  Queue.push(1); // ROLE: boost::concurrent::sync_queue send
  Queue.close(); // ROLE: boost::concurrent::sync_queue close
  Consumer.join(); // ROLE: boost::thread join
}

void badQueue() {
  boost::sync_queue<int> Queue;
  boost::thread Consumer([&Queue] { // ROLE: boost::thread start
    int Value;
    while (Queue.wait_pull(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_queue receive
      use(Value);
  });
  Queue.push(1); // ROLE: boost::concurrent::sync_queue send
  Consumer.join(); // ROLE: boost::thread join
}

void goodQueueTries(boost::sync_queue<int> &Queue) {
  int Value;
  if (Queue.try_push(1) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_queue try-send
    if (Queue.try_pull(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_queue try-receive
      use(Value);
  if (Queue.nonblocking_pull(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_queue try-receive
    use(Queue.pull()); // ROLE: boost::concurrent::sync_queue receive
}

void goodBounded() {
  boost::sync_bounded_queue<int> Queue(8);
  boost::thread Producer([&Queue] { // ROLE: boost::thread start
    while (more())
      if (Queue.wait_push_back(1) != boost::queue_op_status::success) // ROLE: boost::concurrent::sync_bounded_queue send
        return;
  });
  use(Queue.pull_front()); // ROLE: boost::concurrent::sync_bounded_queue receive
  Queue.close(); // ROLE: boost::concurrent::sync_bounded_queue close
  Producer.join(); // ROLE: boost::thread join
}

void badBounded() {
  boost::sync_bounded_queue<int> Queue(8);
  boost::thread Producer([&Queue] { // ROLE: boost::thread start
    while (more())
      Queue.push_back(1); // ROLE: boost::concurrent::sync_bounded_queue send
  });
  use(Queue.pull_front()); // ROLE: boost::concurrent::sync_bounded_queue receive
  Producer.join(); // ROLE: boost::thread join
}

void goodBoundedTries(boost::sync_bounded_queue<int> &Queue) {
  int Value;
  if (Queue.try_push_back(1) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_bounded_queue try-send
    if (Queue.try_pull_front(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_bounded_queue try-receive
      use(Value);
  if (Queue.nonblocking_pull_front(Value) == boost::queue_op_status::success) // ROLE: boost::concurrent::sync_bounded_queue try-receive
    use(Value);
}

// Mutexes and locks

void goodMutex(boost::mutex &Mutex) {
  Mutex.lock(); // ROLE: boost::mutex acquire
  work();
  Mutex.unlock(); // ROLE: boost::mutex release
}

void badMutex(boost::mutex &Mutex) {
  Mutex.lock(); // ROLE: boost::mutex acquire
  if (!more())
    return;
  Mutex.unlock(); // ROLE: boost::mutex release
}

void goodTimedMutex(boost::timed_mutex &Mutex) {
  if (!Mutex.try_lock_for(boost::chrono::seconds(1))) // ROLE: boost::timed_mutex try-acquire
    return;
  Mutex.unlock(); // ROLE: boost::timed_mutex release
}

void badTimedMutex(boost::timed_mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: boost::timed_mutex try-acquire
    work();
}

void goodRecursive(boost::recursive_mutex &Mutex, boost::recursive_timed_mutex &Timed) {
  boost::lock_guard<boost::recursive_mutex> Lock(Mutex); // ROLE: boost::lock_guard acquire
  boost::unique_lock<boost::recursive_timed_mutex> Other(Timed, boost::chrono::seconds(1)); // ROLE: boost::unique_lock try-acquire
  if (Other.owns_lock())
    Other.unlock(); // ROLE: boost::unique_lock release
}

void goodShared(boost::shared_mutex &Mutex) {
  Mutex.lock_shared(); // ROLE: boost::shared_mutex acquire
  Mutex.unlock_shared(); // ROLE: boost::shared_mutex release
  {
    boost::shared_lock<boost::shared_mutex> Reader(Mutex); // ROLE: boost::shared_lock acquire
    work();
  }
  boost::upgrade_lock<boost::shared_mutex> Lock(Mutex); // ROLE: boost::upgrade_lock acquire
  boost::upgrade_to_unique_lock<boost::shared_mutex> Writer(Lock); // ROLE: boost::upgrade_to_unique_lock acquire
}

void badShared(boost::shared_mutex &Mutex) {
  Mutex.lock_upgrade(); // ROLE: boost::shared_mutex acquire
  if (!Mutex.try_lock_shared_for(boost::chrono::seconds(1))) // ROLE: boost::shared_mutex try-acquire
    return;
  Mutex.unlock_shared(); // ROLE: boost::shared_mutex release
}

void goodGuards(boost::mutex &Mutex, boost::shared_mutex &Readers) {
  {
    boost::strict_lock<boost::mutex> Lock(Mutex); // ROLE: boost::strict_lock acquire
    boost::shared_lock_guard<boost::shared_mutex> Reader(Readers); // ROLE: boost::shared_lock_guard acquire
  }
  {
    boost::mutex::scoped_lock Lock(Mutex); // ROLE: boost::unique_lock acquire
    Lock.unlock(); // ROLE: boost::unique_lock release
    Lock.lock(); // ROLE: boost::unique_lock acquire
    boost::reverse_lock<boost::mutex::scoped_lock> Unlock(Lock); // ROLE: boost::reverse_lock escape
  }
  boost::with_lock_guard(Mutex, work); // ROLE: boost::with_lock_guard apply
  auto Lock = boost::make_unique_lock(Mutex); // ROLE: boost::make_unique_lock acquire
}

void badGuard(boost::mutex &Mutex) {
  boost::unique_lock<boost::mutex> Lock(Mutex); // ROLE: boost::unique_lock acquire
  Lock.release(); // ROLE: boost::unique_lock give-up
}

void badTry(boost::mutex &Mutex) {
  boost::mutex::scoped_try_lock Lock(Mutex); // ROLE: boost::detail::try_lock_wrapper try-acquire
  if (Lock.owns_lock())
    Lock.release(); // ROLE: boost::detail::try_lock_wrapper give-up
}

void goodTwo(boost::mutex &First, boost::mutex &Second) {
  boost::lock(First, Second); // ROLE: boost::lock acquire
  boost::lock_guard<boost::mutex> Lock1(First, boost::adopt_lock); // ROLE: boost::lock_guard escape
  boost::lock_guard<boost::mutex> Lock2(Second, boost::adopt_lock); // ROLE: boost::lock_guard escape
}

boost::once_flag Once = BOOST_ONCE_INIT;

void goodOnce() {
  boost::call_once(Once, work); // ROLE: boost::call_once apply
}

// Conditions

class GoodCondition {
public:
  void finish() {
    boost::lock_guard<boost::mutex> Lock(Mutex); // ROLE: boost::lock_guard acquire
    Done = true;
    Ready.notify_all(); // ROLE: boost::condition_variable notify-all
  }
  void waitUntilDone() {
    boost::unique_lock<boost::mutex> Lock(Mutex); // ROLE: boost::unique_lock acquire
    Ready.wait(Lock, [this] { return Done; }); // ROLE: boost::condition_variable wait
  }
  bool waitBounded() {
    boost::unique_lock<boost::mutex> Lock(Mutex); // ROLE: boost::unique_lock acquire
    return Ready.wait_for(Lock, boost::chrono::seconds(1), [this] { return Done; }); // ROLE: boost::condition_variable try-wait
  }

private:
  boost::mutex Mutex;
  boost::condition_variable Ready;
  bool Done = false;
};

class BadCondition {
public:
  void finish() {
    boost::lock_guard<boost::mutex> Lock(Mutex); // ROLE: boost::lock_guard acquire
    Done = true;
  }
  void waitUntilDone() {
    boost::unique_lock<boost::mutex> Lock(Mutex); // ROLE: boost::unique_lock acquire
    while (!Done)
      Ready.wait(Lock); // ROLE: boost::condition_variable wait
  }

private:
  boost::mutex Mutex;
  boost::condition_variable Ready;
  bool Done = false;
};

class GoodAnyCondition {
public:
  void finish() {
    boost::lock_guard<boost::shared_mutex> Lock(Mutex); // ROLE: boost::lock_guard acquire
    Done = true;
    Ready.notify_one(); // ROLE: boost::condition_variable_any notify-one
  }
  void waitUntilDone() {
    boost::shared_lock<boost::shared_mutex> Lock(Mutex); // ROLE: boost::shared_lock acquire
    while (!Done)
      Ready.wait(Lock); // ROLE: boost::condition_variable_any wait
  }

private:
  boost::shared_mutex Mutex;
  boost::condition_variable_any Ready;
  bool Done = false;
};

class BadAnyCondition {
public:
  void waitUntilDone() {
    boost::unique_lock<boost::mutex> Lock(Mutex); // ROLE: boost::unique_lock acquire
    Ready.wait_for(Lock, boost::chrono::seconds(1)); // ROLE: boost::condition_variable_any try-wait
    Ready.wait(Lock); // ROLE: boost::condition_variable_any wait
  }

private:
  boost::mutex Mutex;
  boost::condition_variable_any Ready;
};
