// Boost.Thread's futures in version 4, from the real headers: what each call is
// taken for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_roles %s -std=c++17,c++20 -- -DBOOST_THREAD_VERSION=4

// clang-format off

#include <boost/thread/future.hpp>
#include <boost/thread/thread.hpp>

int compute();
void use(int Value);

// future

int goodAsync() {
  boost::future<int> Result = boost::async(boost::launch::async, compute); // ROLE: boost::async start
  return Result.get(); // ROLE: boost::future join
}

int goodGetOr() {
  boost::future<int> Result = boost::async(compute); // ROLE: boost::async start
  return Result.get_or(0); // ROLE: boost::future join
}

void badAsync() {
  boost::async(boost::launch::async, compute); // ROLE: boost::async start
}

int goodThen() {
  boost::future<int> First = boost::async(compute); // ROLE: boost::async start
  boost::future<int> Second = First.then([](boost::future<int> F) { return F.get(); }); // ROLE: boost::future give-up, boost::future join
  return Second.get(); // ROLE: boost::future join
}

void badThen() {
  boost::async(compute).then(boost::launch::async, [](boost::future<int> F) { use(F.get()); }); // ROLE: boost::async start, boost::future give-up, boost::future join
}

void goodAll() {
  boost::future<int> First = boost::async(compute); // ROLE: boost::async start
  boost::future<int> Second = boost::async(compute); // ROLE: boost::async start
  boost::when_all(boost::move(First), boost::move(Second)).wait(); // ROLE: boost::when_all escape, boost::future wait
}

bool goodBounded(boost::promise<int> &Promise) {
  boost::future<int> Result = Promise.get_future(); // ROLE: boost::promise get-future
  return Result.wait_for(boost::chrono::seconds(1)) == boost::future_status::ready; // ROLE: boost::future try-wait
}

// shared_future

int goodShared() {
  boost::promise<int> Promise;
  boost::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::promise get-future, boost::future give-up
  boost::future<void> Later = Result.then([](boost::shared_future<int> F) { use(F.get()); }); // ROLE: boost::shared_future start, boost::shared_future join
  Promise.set_value(compute()); // ROLE: boost::promise fulfil
  Later.wait(); // ROLE: boost::future wait
  return Result.get(); // ROLE: boost::shared_future join
}

int badShared() {
  boost::promise<int> Promise;
  boost::shared_future<int> Result = Promise.get_future().share(); // ROLE: boost::promise get-future, boost::future give-up
  return Result.get(); // ROLE: boost::shared_future join
}

// promise

int goodPromise() {
  boost::promise<int> Promise;
  boost::future<int> Result = Promise.get_future(); // ROLE: boost::promise get-future
  boost::thread Worker([&Promise] { Promise.set_value_at_thread_exit(compute()); }); // ROLE: boost::thread start, boost::promise fulfil
  Worker.join(); // ROLE: boost::thread join
  return Result.get(); // ROLE: boost::future join
}

int badPromise() {
  boost::promise<int> Promise;
  boost::future<int> Result = Promise.get_future(); // ROLE: boost::promise get-future
  return Result.get(); // ROLE: boost::future join
}

// packaged_task

int goodTask() {
  boost::packaged_task<int()> Task(compute);
  boost::future<int> Result = Task.get_future(); // ROLE: boost::packaged_task get-future
  boost::thread Worker(boost::move(Task)); // ROLE: boost::thread start
  Worker.join(); // ROLE: boost::thread join
  return Result.get(); // ROLE: boost::future join
}

int goodTaskHere() {
  boost::packaged_task<int()> Task(compute);
  Task(); // ROLE: boost::packaged_task apply
  return Task.get_future().get(); // ROLE: boost::packaged_task get-future, boost::future join
}

int badTask() {
  boost::packaged_task<int()> Task(compute);
  return Task.get_future().get(); // ROLE: boost::packaged_task get-future, boost::future join
}
