// Taskflow, from a fake header.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/taskflow.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/taskflow
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/taskflow
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 --silent -- -isystem %S/Inputs/taskflow

// clang-format off

#include <taskflow/taskflow.hpp>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

void work();
bool prepare();
void use(int);

// tf::Executor and tf::Future

void badRun(tf::Executor &Executor) {
  tf::Taskflow Flow; // dies while it runs
  Flow.emplace(work);
  Executor.run(Flow); // ROLE: tf::Executor start
}

void goodRun(tf::Executor &Executor) {
  tf::Taskflow Flow;
  Flow.emplace(work);
  Executor.run(Flow).wait(); // ROLE: tf::Executor start, tf::Future wait
  Executor.run_n(Flow, 4, work).get(); // ROLE: tf::Executor start, tf::Future join
}

void goodWaited() {
  tf::Taskflow Flow;
  tf::Executor Executor(4);
  Executor.run(Flow, work); // ROLE: tf::Executor start
  Executor.silent_async(work); // ROLE: tf::Executor start
  Executor.silent_async("named", work); // ROLE: tf::Executor start
  Executor.wait_for_all(); // ROLE: tf::Executor join
}

void badUntil(tf::Executor &Executor, tf::Taskflow &Flow) {
  tf::Future<void> Result = Executor.run_until(Flow, [] { return false; }); // ROLE: tf::Executor start
  Result.get(); // ROLE: tf::Future join
}

void goodUntil(tf::Executor &Executor, tf::Taskflow &Flow, int N) {
  tf::Future<void> Result = Executor.run_until(Flow, [N]() mutable { return --N == 0; }); // ROLE: tf::Executor start
  if (Result.wait_for(1s) != std::future_status::ready) // ROLE: tf::Future try-wait
    Result.cancel(); // ROLE: tf::Future request-stop
  if (Result.valid()) // ROLE: tf::Future test-live
    Result.get(); // ROLE: tf::Future join
}

void goodAsync(tf::Executor &Executor) {
  std::future<int> Answer = Executor.async([] { return 1; }); // ROLE: tf::Executor start
  use(Answer.get()); // ROLE: std::future join
}

void badCorun(tf::Executor &Executor) {
  bool Done = false;
  Executor.corun_until([&] { return Done; }); // ROLE: tf::Executor wait
}

void goodCorun(tf::Executor &Executor, tf::Taskflow &Flow, std::atomic<bool> &Done) {
  Executor.corun(Flow); // ROLE: tf::Executor apply
  Executor.corun_until([&] { return Done.load(); }); // ROLE: tf::Executor wait
}

// tf::Runtime

void badRuntime(tf::Runtime &Runtime) {
  int Local = 0;
  Runtime.silent_async([&] { ++Local; }); // ROLE: tf::Runtime start
}

void goodRuntime(tf::Runtime &Runtime) {
  int Local = 0;
  Runtime.silent_async([&] { ++Local; }); // ROLE: tf::Runtime start
  Runtime.corun_all(); // ROLE: tf::Runtime join
}
