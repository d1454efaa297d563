// The executors of Boost.Thread, from the real headers: what each call is
// taken for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-executors.yaml -- -DBOOST_THREAD_VERSION=5
// RUN: %check_roles %s -- -std=c++17 -DBOOST_THREAD_VERSION=4 -DBOOST_THREAD_PROVIDES_EXECUTORS
// RUN: %check_roles %s -- -std=c++20 -DBOOST_THREAD_VERSION=5

// clang-format off

#include <boost/thread/executors/basic_thread_pool.hpp>
#include <boost/thread/executors/executor.hpp>
#include <boost/thread/executors/executor_adaptor.hpp>
#include <boost/thread/executors/generic_executor_ref.hpp>
#include <boost/thread/executors/inline_executor.hpp>
#include <boost/thread/executors/loop_executor.hpp>
#include <boost/thread/executors/scheduled_thread_pool.hpp>
#include <boost/thread/executors/scheduler.hpp>
#include <boost/thread/executors/thread_executor.hpp>
#include <boost/thread/thread.hpp>

void work();
bool done();

// basic_thread_pool: `join` waits until somebody closed

void goodPool() {
  boost::basic_thread_pool Pool(4);
  Pool.submit(work); // ROLE: boost::executors::basic_thread_pool start
  Pool.submit([] { work(); }); // ROLE: boost::executors::basic_thread_pool start
  Pool.close(); // ROLE: boost::executors::basic_thread_pool close
  Pool.join(); // ROLE: boost::executors::basic_thread_pool join
}

void badPool() {
  boost::basic_thread_pool Pool;
  Pool.submit(work); // ROLE: boost::executors::basic_thread_pool start
  Pool.join(); // ROLE: boost::executors::basic_thread_pool join
}

void goodPoolInterrupted() {
  boost::executors::basic_thread_pool Pool(4);
  Pool.submit(work); // ROLE: boost::executors::basic_thread_pool start
  Pool.interrupt(); // ROLE: boost::executors::basic_thread_pool request-stop
  Pool.close(); // ROLE: boost::executors::basic_thread_pool close
  Pool.interrupt_and_join(); // ROLE: boost::executors::basic_thread_pool join
}

void goodPoolHelps(boost::basic_thread_pool &Pool) {
  Pool.submit(work); // ROLE: boost::executors::basic_thread_pool start
  Pool.reschedule_until(done); // ROLE: boost::executors::basic_thread_pool apply
}

// thread_executor, inline_executor

void goodThreads() {
  boost::thread_executor Threads;
  Threads.submit(work); // ROLE: boost::executors::thread_executor start
  Threads.close(); // ROLE: boost::executors::thread_executor close
}

void badThreads() {
  boost::thread_executor Threads;
  Threads.submit([] { // ROLE: boost::executors::thread_executor start
    for (;;)
      work();
  });
}

void goodInline() {
  boost::inline_executor Here;
  Here.submit(work); // ROLE: boost::executors::inline_executor apply
}

// loop_executor

void goodLoop() {
  boost::loop_executor Loop;
  boost::thread Worker([&Loop] { Loop.loop(); }); // ROLE: boost::thread start, boost::executors::loop_executor wait
  Loop.submit(work); // ROLE: boost::executors::loop_executor start
  Loop.close(); // ROLE: boost::executors::loop_executor close
  Worker.join(); // ROLE: boost::thread join
}

void badLoop() {
  boost::loop_executor Loop;
  boost::thread Worker([&Loop] { Loop.loop(); }); // ROLE: boost::thread start, boost::executors::loop_executor wait
  Loop.submit(work); // ROLE: boost::executors::loop_executor start
  Worker.join(); // ROLE: boost::thread join
}

// executor and what stands for one

void goodInterface(boost::executors::executor &Any) {
  Any.submit(work); // ROLE: boost::executors::executor start
  Any.close(); // ROLE: boost::executors::executor close
}

void goodAdaptor() {
  boost::executor_adaptor<boost::basic_thread_pool> Pool(2);
  Pool.submit(work); // ROLE: boost::executors::executor_adaptor start
  Pool.close(); // ROLE: boost::executors::executor_adaptor close
}

void goodReference(boost::basic_thread_pool &Pool) {
  boost::generic_executor_ref Any(Pool);
  Any.submit(work); // ROLE: boost::executors::generic_executor_ref start
}

// scheduled_thread_pool, scheduler

void goodScheduled() {
  boost::scheduled_thread_pool Pool(2);
  Pool.submit_after(boost::executors::work_pq(work), boost::chrono::seconds(1)); // ROLE: boost::executors::scheduled_thread_pool start
  Pool.close(); // ROLE: boost::executors::scheduled_thread_pool close
}

void badScheduled() {
  boost::scheduled_thread_pool Pool(2);
  Pool.loop(); // ROLE: boost::executors::scheduled_thread_pool wait
}

void goodScheduler() {
  boost::scheduler<> Later;
  Later.submit_at(boost::executors::work_pq(work), boost::chrono::steady_clock::now()); // ROLE: boost::executors::scheduler start
  Later.after(boost::chrono::seconds(1)).submit(work); // ROLE: boost::executors::at_executor start
}
