// oneTBB, from the real headers: what each call is taken for.
//
// REQUIRES: package-libtbb-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/tbb.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <oneapi/tbb.h>
#include <oneapi/tbb/collaborative_call_once.h>
#include <oneapi/tbb/mutex.h>
#include <oneapi/tbb/rw_mutex.h>

#include <vector>

void work();
bool more();

// task_group: the destructor throws missing_wait when nobody waited.

void badTaskGroup(bool Ready) {
  tbb::task_group Group;
  Group.run(work); // ROLE: tbb::detail::d1::task_group start
  if (Ready)
    Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void goodTaskGroup() {
  tbb::task_group Group;
  Group.run(work); // ROLE: tbb::detail::d1::task_group start
  Group.run([] { work(); }); // ROLE: tbb::detail::d1::task_group start
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void goodTaskGroupCancelled(bool Ready) {
  tbb::task_group Group;
  Group.run([] { // ROLE: tbb::detail::d1::task_group start
    while (!tbb::is_current_task_group_canceling()) // ROLE: tbb::detail::d1::is_current_task_group_canceling poll-stop
      work();
  });
  if (!Ready)
    Group.cancel(); // ROLE: tbb::detail::d1::task_group request-stop
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void badTaskGroupIgnores() {
  tbb::task_group Group;
  Group.run([] { // ROLE: tbb::detail::d1::task_group start
    while (true)
      work();
  });
  Group.cancel(); // ROLE: tbb::detail::d1::task_group request-stop
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void goodRunAndWait() {
  tbb::task_group Group;
  Group.run(work); // ROLE: tbb::detail::d1::task_group start
  Group.run_and_wait(work); // ROLE: tbb::detail::d1::task_group join
}

void goodDeferred() {
  tbb::task_group Group;
  tbb::task_handle Later = Group.defer(work);
  Group.run(std::move(Later)); // ROLE: tbb::detail::d1::task_group start
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void badDeferred(bool Ready) {
  tbb::task_group Group;
  tbb::task_handle Later = Group.defer(work);
  if (Ready)
    Group.run(std::move(Later)); // ROLE: tbb::detail::d1::task_group start
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

// task_arena: what was enqueued outlives it.

void badArena() {
  int Result = 0;
  tbb::task_arena Arena(4);
  Arena.enqueue([&Result] { Result = 1; }); // ROLE: tbb::detail::d1::task_arena start
}

void goodArena() {
  tbb::task_arena Arena(4);
  tbb::task_group Group;
  Arena.execute([&Group] { Group.run(work); }); // ROLE: tbb::detail::d1::task_arena apply, tbb::detail::d1::task_group start
  Arena.execute([&Group] { Group.wait(); }); // ROLE: tbb::detail::d1::task_arena apply, tbb::detail::d1::task_group join
  Arena.terminate(); // ROLE: tbb::detail::d1::task_arena detach
}

// flow::graph

void badGraph(tbb::flow::function_node<int, int> &Node, tbb::flow::graph &Graph, bool Ready) {
  Graph.reserve_wait(); // ROLE: tbb::detail::d1::graph count-up
  Node.try_put(1);
  if (!Ready)
    return;
  Graph.release_wait(); // ROLE: tbb::detail::d1::graph count-down
  Graph.wait_for_all(); // ROLE: tbb::detail::d1::graph join
}

void goodGraph(bool Ready) {
  tbb::flow::graph Graph;
  tbb::flow::function_node<int, int> Node(Graph, tbb::flow::unlimited, [](int Value) { return Value; });
  Node.try_put(1);
  Graph.reserve_wait(); // ROLE: tbb::detail::d1::graph count-up
  Graph.release_wait(); // ROLE: tbb::detail::d1::graph count-down
  if (!Ready)
    Graph.cancel(); // ROLE: tbb::detail::d1::graph request-stop
  Graph.wait_for_all(); // ROLE: tbb::detail::d1::graph join
}

using AsyncNode = tbb::flow::async_node<int, int>;

void badGateway(AsyncNode::gateway_type &Gateway, bool Ready) {
  Gateway.reserve_wait(); // ROLE: tbb::detail::d1::receiver_gateway count-up
  if (!Ready)
    return;
  Gateway.try_put(1);
  Gateway.release_wait(); // ROLE: tbb::detail::d1::receiver_gateway count-down
}

void goodGateway(AsyncNode::gateway_type &Gateway) {
  Gateway.reserve_wait(); // ROLE: tbb::detail::d1::receiver_gateway count-up
  Gateway.try_put(1);
  Gateway.release_wait(); // ROLE: tbb::detail::d1::receiver_gateway count-down
}

// task_scheduler_handle

void goodFinalize() {
  tbb::task_scheduler_handle Handle{tbb::attach{}};
  tbb::finalize(Handle); // ROLE: tbb::detail::d1::finalize join
}

bool goodTryFinalize() {
  tbb::task_scheduler_handle Handle{tbb::attach{}};
  return tbb::finalize(Handle, std::nothrow); // ROLE: tbb::detail::d1::finalize try-join
}

void badNoFinalize() {
  tbb::task_scheduler_handle Handle{tbb::attach{}};
  Handle.release(); // ROLE: tbb::detail::d1::task_scheduler_handle detach
}

// concurrent_bounded_queue

void badConsumer() {
  tbb::concurrent_bounded_queue<int> Queue;
  tbb::task_group Group;
  Group.run([&Queue] { // ROLE: tbb::detail::d1::task_group start
    int Value;
    while (true)
      Queue.pop(Value); // ROLE: tbb::detail::d2::concurrent_bounded_queue receive
  });
  Queue.push(1); // ROLE: tbb::detail::d2::concurrent_bounded_queue send
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void goodConsumer() {
  tbb::concurrent_bounded_queue<int> Queue;
  tbb::task_group Group;
  Group.run([&Queue] { // ROLE: tbb::detail::d1::task_group start
    try {
      int Value;
      while (true)
        Queue.pop(Value); // ROLE: tbb::detail::d2::concurrent_bounded_queue receive
    } catch (const tbb::user_abort &) {
    }
  });
  Queue.emplace(1); // ROLE: tbb::detail::d2::concurrent_bounded_queue send
  Queue.abort(); // ROLE: tbb::detail::d2::concurrent_bounded_queue close
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void badFull() {
  tbb::concurrent_bounded_queue<int> Queue;
  Queue.set_capacity(1);
  Queue.push(1); // ROLE: tbb::detail::d2::concurrent_bounded_queue send
  Queue.push(2); // ROLE: tbb::detail::d2::concurrent_bounded_queue send
}

bool goodFull() {
  tbb::concurrent_bounded_queue<int> Queue;
  Queue.set_capacity(1);
  int Value;
  return Queue.try_push(1) && !Queue.try_emplace(2) && Queue.try_pop(Value); // ROLE: tbb::detail::d2::concurrent_bounded_queue try-send, tbb::detail::d2::concurrent_bounded_queue try-send, tbb::detail::d2::concurrent_bounded_queue try-receive
}

// The others don't block.

void badPolls(tbb::concurrent_queue<int> &Queue) {
  int Value;
  while (true)
    Queue.try_pop(Value); // ROLE: tbb::detail::d2::concurrent_queue try-receive
}

bool goodPolls(tbb::concurrent_queue<int> &Queue) {
  Queue.push(1); // ROLE: tbb::detail::d2::concurrent_queue try-send
  Queue.emplace(2); // ROLE: tbb::detail::d2::concurrent_queue try-send
  int Value;
  while (Queue.try_pop(Value)) // ROLE: tbb::detail::d2::concurrent_queue try-receive
    work();
  return Queue.empty();
}

bool goodPriority(tbb::concurrent_priority_queue<int> &Queue) {
  Queue.push(1); // ROLE: tbb::detail::d1::concurrent_priority_queue try-send
  Queue.emplace(2); // ROLE: tbb::detail::d1::concurrent_priority_queue try-send
  int Value;
  return Queue.try_pop(Value); // ROLE: tbb::detail::d1::concurrent_priority_queue try-receive
}

// task_group_context

void goodContext(tbb::task_group_context &Context) {
  tbb::task_group Group(Context);
  Group.run([&Context] { // ROLE: tbb::detail::d1::task_group start
    while (!Context.is_group_execution_cancelled()) // ROLE: tbb::detail::d1::task_group_context poll-stop
      work();
  });
  Context.cancel_group_execution(); // ROLE: tbb::detail::d1::task_group_context request-stop
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

void badContext(bool Ready) {
  tbb::task_group_context Context;
  tbb::task_group Group(Context);
  Group.run([&Context] { // ROLE: tbb::detail::d1::task_group start
    while (!Context.is_group_execution_cancelled()) // ROLE: tbb::detail::d1::task_group_context poll-stop
      work();
  });
  if (Ready)
    Context.cancel_group_execution(); // ROLE: tbb::detail::d1::task_group_context request-stop
  Group.wait(); // ROLE: tbb::detail::d1::task_group join
}

// Mutexes

bool badMutex(tbb::mutex &Mutex) {
  Mutex.lock(); // ROLE: tbb::detail::d1::mutex acquire
  if (!more())
    return false;
  Mutex.unlock(); // ROLE: tbb::detail::d1::mutex release
  return true;
}

bool goodMutex(tbb::mutex &Mutex) {
  if (!Mutex.try_lock()) // ROLE: tbb::detail::d1::mutex try-acquire
    return false;
  work();
  Mutex.unlock(); // ROLE: tbb::detail::d1::mutex release
  return true;
}

bool badSpinMutex(tbb::spin_mutex &Mutex) {
  Mutex.lock(); // ROLE: tbb::detail::d1::spin_mutex acquire
  if (!more())
    return false;
  Mutex.unlock(); // ROLE: tbb::detail::d1::spin_mutex release
  return true;
}

bool goodSpinMutex(tbb::spin_mutex &Mutex) {
  if (!Mutex.try_lock()) // ROLE: tbb::detail::d1::spin_mutex try-acquire
    return false;
  Mutex.unlock(); // ROLE: tbb::detail::d1::spin_mutex release
  return true;
}

void badSpinRwMutex(tbb::spin_rw_mutex &Mutex) {
  Mutex.lock_shared(); // ROLE: tbb::detail::d1::spin_rw_mutex acquire
  if (!more())
    return;
  Mutex.unlock_shared(); // ROLE: tbb::detail::d1::spin_rw_mutex release
}

void goodSpinRwMutex(tbb::spin_rw_mutex &Mutex) {
  Mutex.lock(); // ROLE: tbb::detail::d1::spin_rw_mutex acquire
  Mutex.unlock(); // ROLE: tbb::detail::d1::spin_rw_mutex release
  if (Mutex.try_lock_shared()) // ROLE: tbb::detail::d1::spin_rw_mutex try-acquire
    Mutex.unlock_shared(); // ROLE: tbb::detail::d1::spin_rw_mutex release
}

void badRwMutex(tbb::rw_mutex &Mutex) {
  Mutex.lock_shared(); // ROLE: tbb::detail::d1::rw_mutex acquire
  if (!more())
    return;
  Mutex.unlock_shared(); // ROLE: tbb::detail::d1::rw_mutex release
}

void goodRwMutex(tbb::rw_mutex &Mutex) {
  Mutex.lock(); // ROLE: tbb::detail::d1::rw_mutex acquire
  Mutex.unlock(); // ROLE: tbb::detail::d1::rw_mutex release
  if (Mutex.try_lock()) // ROLE: tbb::detail::d1::rw_mutex try-acquire
    Mutex.unlock(); // ROLE: tbb::detail::d1::rw_mutex release
}

// Guards

void goodScoped(tbb::spin_mutex &Mutex) {
  tbb::spin_mutex::scoped_lock Lock(Mutex); // ROLE: tbb::detail::d1::unique_scoped_lock acquire
  work();
}

void goodScopedLater(tbb::mutex &Mutex) {
  tbb::mutex::scoped_lock Lock;
  Lock.acquire(Mutex); // ROLE: tbb::detail::d1::unique_scoped_lock acquire
  Lock.release(); // ROLE: tbb::detail::d1::unique_scoped_lock release
  if (Lock.try_acquire(Mutex)) // ROLE: tbb::detail::d1::unique_scoped_lock try-acquire
    work();
}

void badScopedTemporary(tbb::mutex &Mutex) {
  tbb::mutex::scoped_lock{Mutex}; // ROLE: tbb::detail::d1::unique_scoped_lock acquire
  work();
}

void goodRwScoped(tbb::rw_mutex &Mutex) {
  tbb::rw_mutex::scoped_lock Lock(Mutex, /*write=*/false); // ROLE: tbb::detail::d1::rw_scoped_lock acquire
  Lock.upgrade_to_writer();
  Lock.release(); // ROLE: tbb::detail::d1::rw_scoped_lock release
  if (Lock.try_acquire(Mutex)) // ROLE: tbb::detail::d1::rw_scoped_lock try-acquire
    return;
  Lock.acquire(Mutex, true); // ROLE: tbb::detail::d1::rw_scoped_lock acquire
}

void goodQueuing(tbb::queuing_mutex &Mutex) {
  tbb::queuing_mutex::scoped_lock Lock(Mutex); // ROLE: tbb::detail::d1::queuing_mutex::scoped_lock acquire
  Lock.release(); // ROLE: tbb::detail::d1::queuing_mutex::scoped_lock release
  Lock.acquire(Mutex); // ROLE: tbb::detail::d1::queuing_mutex::scoped_lock acquire
  Lock.release(); // ROLE: tbb::detail::d1::queuing_mutex::scoped_lock release
  Lock.try_acquire(Mutex); // ROLE: tbb::detail::d1::queuing_mutex::scoped_lock try-acquire
}

void goodQueuingRw(tbb::queuing_rw_mutex &Mutex) {
  tbb::queuing_rw_mutex::scoped_lock Lock(Mutex, true); // ROLE: tbb::detail::d1::queuing_rw_mutex::scoped_lock acquire
  Lock.downgrade_to_reader();
  Lock.release(); // ROLE: tbb::detail::d1::queuing_rw_mutex::scoped_lock release
  Lock.acquire(Mutex); // ROLE: tbb::detail::d1::queuing_rw_mutex::scoped_lock acquire
  Lock.release(); // ROLE: tbb::detail::d1::queuing_rw_mutex::scoped_lock release
  Lock.try_acquire(Mutex, false); // ROLE: tbb::detail::d1::queuing_rw_mutex::scoped_lock try-acquire
}

// Algorithms return when all is done.

void goodAlgorithms(std::vector<int> &Values) {
  tbb::parallel_for(0, 8, [](int) { work(); }); // ROLE: tbb::detail::d1::parallel_for apply
  tbb::parallel_for(tbb::blocked_range<int>(0, 8), [](const tbb::blocked_range<int> &) { work(); }); // ROLE: tbb::detail::d1::parallel_for apply
  tbb::parallel_for_each(Values, [](int &) { work(); }); // ROLE: tbb::detail::d2::parallel_for_each apply
  tbb::parallel_for_each(Values.begin(), Values.end(), [](int &) { work(); }); // ROLE: tbb::detail::d2::parallel_for_each apply
  tbb::parallel_invoke(work, [] { work(); }); // ROLE: tbb::detail::d1::parallel_invoke apply
  tbb::parallel_reduce( // ROLE: tbb::detail::d1::parallel_reduce apply
      tbb::blocked_range<int>(0, 8), 0,
      [](const tbb::blocked_range<int> &, int Sum) { return Sum; },
      [](int Left, int Right) { return Left + Right; });
  tbb::this_task_arena::isolate(work); // ROLE: tbb::detail::d1::isolate apply
}

struct Sum {
  Sum() = default;
  Sum(Sum &, tbb::split) {}
  void operator()(const tbb::blocked_range<int> &) {}
  void join(Sum &) {}
};

void goodReduce() {
  Sum Total;
  tbb::parallel_reduce(tbb::blocked_range<int>(0, 8), Total); // ROLE: tbb::detail::d1::parallel_reduce apply
  tbb::parallel_deterministic_reduce(tbb::blocked_range<int>(0, 8), Total); // ROLE: tbb::detail::d1::parallel_deterministic_reduce apply
}

void goodPipeline() {
  tbb::parallel_pipeline( // ROLE: tbb::detail::d1::parallel_pipeline apply
      4,
      tbb::make_filter<void, int>(tbb::filter_mode::serial_in_order, [](tbb::flow_control &Control) {
        Control.stop();
        return 0;
      }) & tbb::make_filter<int, void>(tbb::filter_mode::parallel, [](int) { work(); }));
}

void goodOnce(tbb::collaborative_once_flag &Flag) {
  tbb::collaborative_call_once(Flag, work); // ROLE: tbb::detail::d1::collaborative_call_once apply
}
