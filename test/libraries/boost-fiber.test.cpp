// Boost.Fiber, from the real headers.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-fiber.yaml
// RUN: %check_roles %s -- -std=c++17
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20

// clang-format off

#include <boost/fiber/all.hpp>

#include <chrono>
#include <mutex>
#include <utility>
#include <vector>

void work();
int compute();
void use(int Value);
bool more();

// fiber: std::terminate

void badFiber(bool Ready) {
  boost::fibers::fiber Worker(work); // ROLE: boost::fibers::fiber start
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (!Ready)
    return;
  Worker.join(); // ROLE: boost::fibers::fiber join
}

void goodFiber(bool Ready) {
  boost::fibers::fiber Worker(work); // ROLE: boost::fibers::fiber start
  if (Ready)
    Worker.join(); // ROLE: boost::fibers::fiber join
  else
    Worker.detach(); // ROLE: boost::fibers::fiber detach
}

void badFiberPolicy(bool Ready) {
  boost::fibers::fiber Worker(boost::fibers::launch::dispatch, use, 1); // ROLE: boost::fibers::fiber start
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: boost::fibers::fiber join
}

void badFiberJoinedTwice() {
  boost::fibers::fiber Worker(work); // ROLE: boost::fibers::fiber start
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: {{.*}} is joined after it was joined; an exception is thrown [leak-unjoined-thread]
  Worker.join(); // ROLE: boost::fibers::fiber join
  Worker.join(); // ROLE: boost::fibers::fiber join
}

void goodFiberAssigned() {
  boost::fibers::fiber Worker;
  Worker = boost::fibers::fiber(work); // ROLE: boost::fibers::fiber start
  if (Worker.joinable()) // ROLE: boost::fibers::fiber test-live
    Worker.join(); // ROLE: boost::fibers::fiber join
}

void goodFiberTemporary() {
  boost::fibers::fiber(work).detach(); // ROLE: boost::fibers::fiber start, boost::fibers::fiber detach
}

class BadMember {
  boost::fibers::fiber Worker{work}; // ROLE: boost::fibers::fiber start
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.join(); } // ROLE: boost::fibers::fiber join

private:
  boost::fibers::fiber Worker{work}; // ROLE: boost::fibers::fiber start
};

void goodMany() {
  std::vector<boost::fibers::fiber> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work); // ROLE: std::vector insert
  for (boost::fibers::fiber &Worker : Workers)
    Worker.join(); // ROLE: boost::fibers::fiber join
}

void goodSleep() {
  boost::this_fiber::sleep_for(std::chrono::milliseconds(10)); // ROLE: boost::this_fiber::sleep_for sleep
  boost::this_fiber::sleep_until(std::chrono::steady_clock::now()); // ROLE: boost::this_fiber::sleep_until sleep
  boost::this_fiber::yield();
}

// Results

int goodAsync() {
  boost::fibers::future<int> Result = boost::fibers::async(compute); // ROLE: boost::fibers::async start
  return Result.get(); // ROLE: boost::fibers::future join
}

void badAsync() {
  boost::fibers::async(boost::fibers::launch::post, compute); // ROLE: boost::fibers::async start
}

int goodPromise() {
  boost::fibers::promise<int> Promise;
  boost::fibers::future<int> Result = Promise.get_future(); // ROLE: boost::fibers::promise get-future
  boost::fibers::fiber([](boost::fibers::promise<int> P) { // ROLE: boost::fibers::fiber start
    P.set_value(compute()); // ROLE: boost::fibers::promise fulfil
  }, std::move(Promise)).detach(); // ROLE: boost::fibers::fiber detach
  return Result.get(); // ROLE: boost::fibers::future join
}

int badPromise() {
  boost::fibers::promise<int> Promise;
  boost::fibers::future<int> Result = Promise.get_future(); // ROLE: boost::fibers::promise get-future
  return Result.get(); // ROLE: boost::fibers::future join
}

int goodShared(boost::fibers::promise<int> &Promise) {
  boost::fibers::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::fibers::promise get-future, boost::fibers::future give-up
  if (Result.wait_for(std::chrono::seconds(1)) != boost::fibers::future_status::ready) // ROLE: boost::fibers::shared_future try-wait
    return 0;
  return Result.get(); // ROLE: boost::fibers::shared_future join
}

void badShared(boost::fibers::promise<int> &Promise) {
  boost::fibers::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::fibers::promise get-future, boost::fibers::future give-up
  Result.wait(); // ROLE: boost::fibers::shared_future wait
}

int goodTask() {
  boost::fibers::packaged_task<int()> Task(compute);
  boost::fibers::future<int> Result = Task.get_future(); // ROLE: boost::fibers::packaged_task get-future
  Task(); // ROLE: boost::fibers::packaged_task apply
  return Result.get(); // ROLE: boost::fibers::future join
}

int badTask() {
  boost::fibers::packaged_task<int()> Task(compute);
  return Task.get_future().get(); // ROLE: boost::fibers::packaged_task get-future, boost::fibers::future join
}

// Channels

void goodBuffered() {
  boost::fibers::buffered_channel<int> Channel(8);
  boost::fibers::fiber Consumer([&Channel] { // ROLE: boost::fibers::fiber start
    int Value;
    while (Channel.pop(Value) == boost::fibers::channel_op_status::success) // ROLE: boost::fibers::buffered_channel receive
      use(Value);
  });
  Channel.push(1); // ROLE: boost::fibers::buffered_channel send
  Channel.close(); // ROLE: boost::fibers::buffered_channel close
  Consumer.join(); // ROLE: boost::fibers::fiber join
}

void badBuffered() {
  boost::fibers::buffered_channel<int> Channel(8);
  boost::fibers::fiber Consumer([&Channel] { // ROLE: boost::fibers::fiber start
    for (int Value : Channel)
      use(Value);
  });
  Channel.push(1); // ROLE: boost::fibers::buffered_channel send
  Consumer.join(); // ROLE: boost::fibers::fiber join
}

void goodBufferedTries(boost::fibers::buffered_channel<int> &Channel) {
  int Value;
  if (Channel.try_push(1) == boost::fibers::channel_op_status::success) // ROLE: boost::fibers::buffered_channel try-send
    if (Channel.try_pop(Value) == boost::fibers::channel_op_status::success) // ROLE: boost::fibers::buffered_channel try-receive
      use(Value);
  if (Channel.push_wait_for(1, std::chrono::seconds(1)) == boost::fibers::channel_op_status::success) // ROLE: boost::fibers::buffered_channel try-send
    Channel.pop_wait_for(Value, std::chrono::seconds(1)); // ROLE: boost::fibers::buffered_channel try-receive
}

void goodUnbuffered() {
  boost::fibers::unbuffered_channel<int> Channel;
  boost::fibers::fiber Producer([&Channel] { // ROLE: boost::fibers::fiber start
    while (more())
      if (Channel.push(1) != boost::fibers::channel_op_status::success) // ROLE: boost::fibers::unbuffered_channel send
        return;
  });
  use(Channel.value_pop()); // ROLE: boost::fibers::unbuffered_channel receive
  Channel.close(); // ROLE: boost::fibers::unbuffered_channel close
  Producer.join(); // ROLE: boost::fibers::fiber join
}

void badUnbuffered() {
  boost::fibers::unbuffered_channel<int> Channel;
  Channel.push(1); // ROLE: boost::fibers::unbuffered_channel send
  use(Channel.value_pop()); // ROLE: boost::fibers::unbuffered_channel receive
}

void goodUnbufferedTries(boost::fibers::unbuffered_channel<int> &Channel) {
  int Value;
  Channel.push_wait_for(1, std::chrono::seconds(1)); // ROLE: boost::fibers::unbuffered_channel try-send
  Channel.pop_wait_for(Value, std::chrono::seconds(1)); // ROLE: boost::fibers::unbuffered_channel try-receive
}

// Counters, permits, conditions

void goodBarrier() {
  boost::fibers::barrier Both(2);
  boost::fibers::fiber Worker([&Both] { Both.wait(); }); // ROLE: boost::fibers::fiber start, boost::fibers::barrier arrive
  Both.wait(); // ROLE: boost::fibers::barrier arrive
  Worker.join(); // ROLE: boost::fibers::fiber join
}

void badBarrier() {
  boost::fibers::barrier Both(3);
  boost::fibers::fiber Worker([&Both] { Both.wait(); }); // ROLE: boost::fibers::fiber start, boost::fibers::barrier arrive
  Both.wait(); // ROLE: boost::fibers::barrier arrive
  Worker.join(); // ROLE: boost::fibers::fiber join
}

void goodMutex(boost::fibers::mutex &Mutex) {
  Mutex.lock(); // ROLE: boost::fibers::mutex acquire
  work();
  Mutex.unlock(); // ROLE: boost::fibers::mutex release
}

void badMutex(boost::fibers::recursive_mutex &Mutex) {
  if (Mutex.try_lock()) // ROLE: boost::fibers::recursive_mutex try-acquire
    work();
}

void goodTimedMutex(boost::fibers::timed_mutex &Mutex) {
  if (!Mutex.try_lock_for(std::chrono::seconds(1))) // ROLE: boost::fibers::timed_mutex try-acquire
    return;
  Mutex.unlock(); // ROLE: boost::fibers::timed_mutex release
}

void badTimedMutex(boost::fibers::recursive_timed_mutex &Mutex) {
  Mutex.lock(); // ROLE: boost::fibers::recursive_timed_mutex acquire
  if (Mutex.try_lock_until(std::chrono::steady_clock::now())) // ROLE: boost::fibers::recursive_timed_mutex try-acquire
    Mutex.unlock(); // ROLE: boost::fibers::recursive_timed_mutex release
}

class GoodCondition {
public:
  void finish() {
    std::lock_guard<boost::fibers::mutex> Lock(Mutex); // ROLE: std::lock_guard acquire
    Done = true;
    Ready.notify_all(); // ROLE: boost::fibers::condition_variable notify-all
  }
  void waitUntilDone() {
    std::unique_lock<boost::fibers::mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
    Ready.wait(Lock, [this] { return Done; }); // ROLE: boost::fibers::condition_variable wait
  }
  bool waitBounded() {
    std::unique_lock<boost::fibers::mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
    return Ready.wait_for(Lock, std::chrono::seconds(1), [this] { return Done; }); // ROLE: boost::fibers::condition_variable try-wait
  }

private:
  boost::fibers::mutex Mutex;
  boost::fibers::condition_variable Ready;
  bool Done = false;
};

class BadCondition {
public:
  void waitUntilDone() {
    std::unique_lock<boost::fibers::timed_mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
    Ready.wait(Lock); // ROLE: boost::fibers::condition_variable_any wait
  }

private:
  boost::fibers::timed_mutex Mutex;
  boost::fibers::condition_variable_any Ready;
};
