// Seastar, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/seastar.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/seastar
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/seastar
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- -isystem %S/Inputs/seastar

// clang-format off

#include <seastar/core/abort_source.hh>
#include <seastar/core/condition-variable.hh>
#include <seastar/core/future.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/pipe.hh>
#include <seastar/core/queue.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/shared_mutex.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/thread.hh>
#include <seastar/core/timer.hh>

#include <exception>
#include <utility>

using namespace std::chrono_literals;

void work();
bool prepare();
void use(int);

// seastar::thread

void badThread(bool Ready) {
  seastar::thread Worker(work); // ROLE: seastar::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.join().get(); // ROLE: seastar::thread join, seastar::future join
}

void goodThread() {
  seastar::thread Empty;
  seastar::thread Worker(seastar::thread_attributes(), work); // ROLE: seastar::thread start
  seastar::thread::maybe_yield();
  Worker.join().get(); // ROLE: seastar::thread join, seastar::future join
}

class BadMember {
  seastar::thread Worker{work}; // ROLE: seastar::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

seastar::future<> goodAsync() {
  return seastar::async(work); // ROLE: seastar::async start
}

// Futures and promises

void badPromise(seastar::promise<int> &Answer, bool Ready) {
  if (Ready)
    Answer.set_value(1); // ROLE: seastar::promise fulfil
}

void goodPromise(bool Ready) {
  seastar::promise<int> Answer;
  seastar::future<int> Result = Answer.get_future(); // ROLE: seastar::promise get-future
  if (Ready)
    Answer.set_value(1); // ROLE: seastar::promise fulfil
  else
    Answer.set_exception(std::exception_ptr()); // ROLE: seastar::promise fail
  Result.wait(); // ROLE: seastar::future wait
  if (!Result.failed())
    use(Result.get()); // ROLE: seastar::future join
}

seastar::future<> goodContinued(seastar::future<int> Result) {
  return Result.then([](int V) { return V; }) // ROLE: seastar::future start
      .handle_exception([](std::exception_ptr) { return 0; }) // ROLE: seastar::future start
      .discard_result(); // ROLE: seastar::future give-up
}

// Gates

void badGate(seastar::gate &Gate) {
  Gate.enter(); // ROLE: seastar::gate count-up
  if (!prepare())
    return;
  Gate.leave(); // ROLE: seastar::gate count-down
}

void goodGate(seastar::named_gate &Gate) {
  Gate.enter(); // ROLE: seastar::named_gate count-up
  prepare();
  Gate.leave(); // ROLE: seastar::named_gate count-down
  if (Gate.try_enter()) // ROLE: seastar::named_gate count-up
    Gate.leave(); // ROLE: seastar::named_gate count-down
  seastar::with_gate(Gate, work); // ROLE: seastar::with_gate apply
  seastar::gate::holder Holder(Gate); // ROLE: seastar::gate::holder acquire
  Holder.release(); // ROLE: seastar::gate::holder release
  Gate.close().get(); // ROLE: seastar::named_gate wait, seastar::future join
}

// Semaphores and mutexes

void badSemaphore(seastar::semaphore &Semaphore) {
  Semaphore.wait().get(); // ROLE: seastar::basic_semaphore acquire, seastar::future join
  if (prepare())
    Semaphore.signal(); // ROLE: seastar::basic_semaphore release
}

void goodSemaphore(seastar::semaphore &Semaphore) {
  Semaphore.wait(2).get(); // ROLE: seastar::basic_semaphore acquire, seastar::future join
  Semaphore.signal(2); // ROLE: seastar::basic_semaphore release
  Semaphore.wait(1s, 1).get(); // ROLE: seastar::basic_semaphore try-acquire, seastar::future join
  Semaphore.signal(); // ROLE: seastar::basic_semaphore release
  if (Semaphore.try_wait()) // ROLE: seastar::basic_semaphore try-acquire
    Semaphore.signal(); // ROLE: seastar::basic_semaphore release
  seastar::with_semaphore(Semaphore, 1, work); // ROLE: seastar::with_semaphore apply
  auto Units = seastar::get_units(Semaphore, 1).get(); // ROLE: seastar::future join
  Units.return_all(); // ROLE: seastar::semaphore_units release
  Semaphore.broken(); // ROLE: seastar::basic_semaphore fail
}

void badUnits(seastar::semaphore_units<> Units) {
  Units.release(); // ROLE: seastar::semaphore_units give-up
}

void badMutex(seastar::shared_mutex &Mutex) {
  Mutex.lock().get(); // ROLE: seastar::shared_mutex acquire, seastar::future join
  if (prepare())
    Mutex.unlock(); // ROLE: seastar::shared_mutex release
}

void goodMutex(seastar::shared_mutex &Mutex) {
  if (Mutex.try_lock_shared()) // ROLE: seastar::shared_mutex try-acquire
    Mutex.unlock_shared(); // ROLE: seastar::shared_mutex release
}

// Conditions

void badCondition(seastar::condition_variable &Condition, bool &Ready) {
  if (!Ready)
    Condition.wait().get(); // ROLE: seastar::condition_variable wait, seastar::future join
}

void goodCondition(seastar::condition_variable &Condition, bool &Ready) {
  while (!Ready)
    Condition.wait().get(); // ROLE: seastar::condition_variable wait, seastar::future join
  Condition.wait(1s, [&] { return Ready; }).get(); // ROLE: seastar::condition_variable try-wait, seastar::future join
  Condition.signal(); // ROLE: seastar::condition_variable notify-one
  Condition.broadcast(); // ROLE: seastar::condition_variable notify-all
}

// Queues and pipes

void badQueue() {
  seastar::queue<int> Queue(1);
  use(Queue.pop_eventually().get()); // ROLE: seastar::queue receive, seastar::future join
}

void goodQueue() {
  seastar::queue<int> Queue(1);
  Queue.push_eventually(1).get(); // ROLE: seastar::queue send, seastar::future join
  Queue.not_empty().get(); // ROLE: seastar::queue wait, seastar::future join
  use(Queue.pop()); // ROLE: seastar::queue try-receive
  if (Queue.push(2)) // ROLE: seastar::queue try-send
    Queue.abort(std::exception_ptr()); // ROLE: seastar::queue close
}

void badPipe(seastar::pipe_writer<int> &Writer) {
  Writer.write(1).get(); // ROLE: seastar::pipe_writer send, seastar::future join
}

void goodPipe() {
  seastar::pipe<int> Pipe(1);
  {
    seastar::pipe_writer<int> Writer = std::move(Pipe.writer);
    Writer.write(1).get(); // ROLE: seastar::pipe_writer send, seastar::future join
  }
  while (auto Item = Pipe.reader.read().get()) // ROLE: seastar::pipe_reader receive, seastar::future join
    use(*Item);
}

// Cancellation and timers

seastar::future<> badAbort(seastar::abort_source &Abort, seastar::promise<> &Done) {
  (void)Abort.subscribe([&] { Done.set_value(); }); // ROLE: seastar::abort_source arm, seastar::promise fulfil
  return Done.get_future(); // ROLE: seastar::promise get-future
}

void goodAbort(seastar::abort_source &Abort) {
  auto Subscription = Abort.subscribe(work); // ROLE: seastar::abort_source arm
  while (!Abort.abort_requested()) // ROLE: seastar::abort_source poll-stop
    seastar::sleep_abortable(1s, Abort).get(); // ROLE: seastar::sleep_abortable sleep, seastar::future join
  seastar::sleep(1s).get(); // ROLE: seastar::sleep sleep, seastar::future join
}

void goodAbortRequested(seastar::abort_source &Abort) {
  Abort.request_abort(); // ROLE: seastar::abort_source request-stop
}

void badTimer() {
  static seastar::timer<> Timer(work);
  Timer.arm_periodic(1s); // ROLE: seastar::timer arm
}

void goodTimer() {
  seastar::timer<> Timer;
  Timer.set_callback(work);
  Timer.arm(1s); // ROLE: seastar::timer arm
  prepare();
  Timer.cancel(); // ROLE: seastar::timer disarm
}
