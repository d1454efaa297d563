// Tasks of one's own that are made and never run. What they are is read from
// their promises.
//
// RUN: %check_leaks %s leak-unawaited-task -std=c++20

#include <coroutine>
#include <exception>
#include <utility>
#include <vector>

struct FinalAwaiter {
  bool await_ready() noexcept { return false; }
  template <typename P>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<P> h) noexcept {
    return h.promise().continuation ? h.promise().continuation : std::noop_coroutine();
  }
  void await_resume() noexcept {}
};

struct PromiseBase {
  std::coroutine_handle<> continuation;
  std::suspend_always initial_suspend() noexcept { return {}; }
  FinalAwaiter final_suspend() noexcept { return {}; }
  void unhandled_exception() { std::terminate(); }
};

template <typename T> class Task;

template <typename T> struct Promise : PromiseBase {
  T value{};
  Task<T> get_return_object();
  void return_value(T v) { value = std::move(v); }
};
template <> struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() {}
};

template <typename T> class Task {
public:
  using promise_type = Promise<T>;
  explicit Task(std::coroutine_handle<promise_type> h) : handle(h) {}
  Task(Task &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  ~Task() {
    if (handle)
      handle.destroy();
  }
  bool await_ready() { return !handle || handle.done(); }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) {
    handle.promise().continuation = h;
    return handle;
  }
  void await_resume() {}
  void start() { handle.resume(); }

private:
  std::coroutine_handle<promise_type> handle;
};

template <typename T> Task<T> Promise<T>::get_return_object() {
  return Task<T>{std::coroutine_handle<Promise>::from_promise(*this)};
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>{std::coroutine_handle<Promise>::from_promise(*this)};
}

// The same, written in another way.
template <typename T> struct Other {
  struct promise_type;
  using Handle = std::coroutine_handle<promise_type>;
  Other(Handle h) : handle(h) {}
  Other(const Other &) = delete;
  Other(Other &&other) noexcept {
    handle = other.handle;
    other.handle = nullptr;
  }
  ~Other() {
    if (handle)
      handle.destroy();
  }
  struct promise_type {
    Other<T> get_return_object() { return Other<T>{Handle::from_promise(*this)}; }
    auto initial_suspend() { return std::suspend_always{}; }
    auto final_suspend() noexcept { return std::suspend_always{}; }
    void return_value(T) {}
    void unhandled_exception() {}
  };
  Handle handle;
};

Other<int> declaredOnly(int id);
void dropsOther() {
  declaredOnly(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'declaredOnly' only makes a task
}

Task<int> save(int id);
void more();
Task<void> step() {
  more();
  co_return;
}

void dropped() {
  save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'save' only makes a task, which is dropped here: nobody awaits or starts it, and it never runs [leak-unawaited-task]
  (void)step();
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'step' only makes a task, which is dropped here
}

Task<void> forgotten(bool fast) {
  co_await step();
  save(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'save' only makes a task, which is dropped here
  // CHECK-FIXES: co_await save(2);
  if (fast)
    step();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'step' only makes a task
  // CHECK-FIXES: co_await step();
}

Task<void> unawaited() {
  Task<int> result = save(3);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'result' is a task that nobody awaits or starts: it never runs [leak-unawaited-task]
  auto other = step();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'other' is a task that nobody awaits or starts
  co_return;
}

struct Session {
  Task<void> read();
  Task<void> run() {
    read();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'read' only makes a task
    // CHECK-FIXES: co_await read();
    co_return;
  }
};

void ofLambda() {
  [](int) -> Task<void> { more(); co_return; }(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this lambda only makes a task
}

Task<void> severalNever(int n) {
  std::vector<Task<int>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'tasks' is filled with tasks that nobody awaits or starts: they never run [leak-unawaited-task]
  tasks.reserve(n);
  for (int i = 0; i != n; ++i)
    tasks.push_back(save(i));
  co_return;
}

Task<void> severalOne(int n) {
  std::vector<Task<int>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'tasks' holds several tasks, but only one of them is awaited or started: the others never run [leak-unawaited-task]
  for (int i = 0; i != n; ++i)
    tasks.push_back(save(i));
  co_await tasks[0];
}

Task<void> severalButOne(int n) {
  std::vector<Task<int>> tasks;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'tasks' holds tasks of which the first is never awaited or started: it never runs [leak-unawaited-task]
  for (int i = 0; i != n; ++i)
    tasks.push_back(save(i));
  for (int i = 1; i < n; ++i)
    co_await tasks[i];
}

// The silent ones.

Task<void> good(int n) {
  co_await step();
  auto result = save(1);
  co_await std::move(result);
  save(2).start();
  [[maybe_unused]] auto nothing = step();
  auto _ = step();
  { auto endsUnawaited = step(); }
  [](int) -> Task<void> { co_return; }(1);
  std::vector<Task<int>> all;
  for (int i = 0; i != n; ++i)
    all.push_back(save(i));
  for (auto &task : all)
    co_await task;
  std::vector<Task<int>> byIndex;
  for (int i = 0; i != n; ++i)
    byIndex.push_back(save(i));
  for (int i = 0; i != n; ++i)
    co_await byIndex[i];
  std::vector<Task<int>> firstApart;
  for (int i = 0; i != n; ++i)
    firstApart.push_back(save(i));
  co_await firstApart[0];
  for (int i = 1; i != n; ++i)
    co_await firstApart[i];
}

void keep(Task<int>);
Task<int> handedOn() {
  keep(save(1));
  Task<int> later = save(2);
  if (later.await_ready())
    more();
  return save(3);
}
