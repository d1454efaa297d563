// What a coroutine uses after the statement that called it.
//
// RUN: %check_leaks %s leak-unawaited-task -std=c++20

#include <coroutine>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// Lazy.
class Task {
public:
  struct promise_type {
    Task get_return_object() {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit Task(std::coroutine_handle<promise_type> h) : handle(h) {}
  Task(Task &&other) noexcept : handle(std::exchange(other.handle, nullptr)) {}
  ~Task() {
    if (handle)
      handle.destroy();
  }
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { handle.resume(); }
  void await_resume() {}

private:
  std::coroutine_handle<promise_type> handle;
};

// Begins at once, and nobody waits for it.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct Event {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  void await_resume() {}
};

void use(const std::string &);
void use(int);
void wait(Task);
Task both(Task, Task);

Task greet(const std::string &name) {
  use(name);
  co_return;
}
Task ignores(const std::string &) { co_return; }
Task byValue(std::string name) {
  use(name);
  co_return;
}
Detached before(const std::string &name) {
  use(name);
  co_await Event{};
}
Detached after(const std::string &name, bool wait) {
  if (wait)
    co_await Event{};
  use(name);
}
Detached inLoop(const std::string &name) {
  for (;;) {
    use(name);
    co_await Event{};
  }
}
Detached otherBranch(const std::string &name, bool wait) {
  if (wait)
    co_await Event{};
  else
    use(name);
}
Detached leavesFirst(const std::string &name, bool wait) {
  if (wait) {
    co_await Event{};
    co_return;
  }
  use(name);
}

Task bad(int id) {
  auto task = greet("somebody");
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: this temporary ends with the statement, but the coroutine that has it as 'name' goes on and uses it afterwards [leak-unawaited-task]
  auto lambda = [id]() -> Task { use(id); co_return; }();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this lambda, and what it captured, ends with the statement, but its coroutine goes on and uses 'id' afterwards [leak-unawaited-task]
  auto two = both(greet("one"), byValue("two"));
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: this temporary ends with the statement
  std::vector<Task> all;
  all.push_back([&]() -> Task { use(id); co_return; }());
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this lambda, and what it captured, ends with the statement
  co_await task;
  co_await lambda;
  co_await two;
  for (Task &each : all)
    co_await each;
}

Task returned(int id) {
  return [id]() -> Task { use(id); co_return; }();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this lambda, and what it captured, ends with the statement
}

void detached(int id) {
  after("somebody", true);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this temporary ends with the statement, but the coroutine that has it as 'name' goes on and uses it afterwards
  inLoop("somebody");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this temporary ends with the statement
  [id]() -> Detached { co_await Event{}; use(id); }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this lambda, and what it captured, ends with the statement
}

struct Session : std::enable_shared_from_this<Session> {
  int id = 0;
  Task run() {
    use(id);
    co_return;
  }
  void start() {
    [this]() -> Detached { co_await Event{}; use(id); }();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this lambda, and what it captured, ends with the statement, but its coroutine goes on and uses 'this' afterwards
  }
};

Task ofTemporary() {
  auto task = Session().run();
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this temporary ends with the statement, but its coroutine 'run' goes on and uses it afterwards [leak-unawaited-task]
  co_await task;
}

// The silent ones.

Task good(int id, std::string name) {
  co_await greet("somebody");
  co_await [id]() -> Task { use(id); co_return; }();
  co_await both(greet("one"), [&]() -> Task { use(id); co_return; }());
  wait(greet("somebody"));
  wait([&]() -> Task { use(id); co_return; }());
  auto value = byValue("somebody");
  auto ignored = ignores("somebody");
  auto named = greet(name);
  auto copied = [](int id) -> Task { use(id); co_return; }(id);
  auto lambda = [id]() -> Task { use(id); co_return; };
  auto called = lambda();
  co_await value;
  co_await ignored;
  co_await named;
  co_await copied;
  co_await called;
}

void goodDetached(int id) {
  before("somebody");
  otherBranch("somebody", true);
  leavesFirst("somebody", true);
  [id]() -> Detached { use(id); co_await Event{}; }();
  [](int id) -> Detached { co_await Event{}; use(id); }(id);
  [id]() -> Detached { int own = id; co_await Event{}; use(own); }();
}
