// Coroutines of which the call does something: what begins at once, what is
// put into somebody's list, and what is asked for values.
//
// RUN: %check_leaks %s leak-unawaited-task -std=c++20 --silent

#include <coroutine>
#include <deque>
#include <exception>
#include <utility>

// Begins at once.
struct FireAndForget {
  struct promise_type {
    FireAndForget get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

// Is started by whoever makes the object.
std::deque<std::coroutine_handle<>> ready;

struct Scheduled {
  struct promise_type {
    Scheduled get_return_object() {
      ready.push_back(std::coroutine_handle<promise_type>::from_promise(*this));
      return {};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct ByConstructor {
  struct promise_type {
    ByConstructor get_return_object() {
      return ByConstructor(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit ByConstructor(std::coroutine_handle<> h) { h.resume(); }
  ByConstructor(ByConstructor &&) = default;
};

struct ByDestructor {
  struct promise_type {
    ByDestructor get_return_object() {
      return ByDestructor{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit ByDestructor(std::coroutine_handle<> h) : handle(h) {}
  ByDestructor(ByDestructor &&other) : handle(std::exchange(other.handle, nullptr)) {}
  ~ByDestructor() {
    if (handle)
      handle.resume();
  }
  std::coroutine_handle<> handle;
};

// The first suspension hands it to an executor.
struct ByAwaiter {
  struct Post {
    bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) { ready.push_back(h); }
    void await_resume() noexcept {}
  };
  struct promise_type {
    ByAwaiter get_return_object() { return {}; }
    Post initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

// Gives values to whoever asks.
struct Generator {
  struct promise_type {
    int value = 0;
    Generator get_return_object() {
      return Generator{std::coroutine_handle<promise_type>::from_promise(*this)};
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int v) {
      value = v;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  explicit Generator(std::coroutine_handle<promise_type> h) : handle(h) {}
  Generator(Generator &&other) : handle(std::exchange(other.handle, nullptr)) {}
  ~Generator() {
    if (handle)
      handle.destroy();
  }
  std::coroutine_handle<promise_type> handle;
};

// Copies share the coroutine: somebody else may have one.
struct Shared {
  struct promise_type {
    Shared get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<> handle;
};

FireAndForget now() { co_return; }
Scheduled soon() { co_return; }
ByConstructor made() { co_return; }
ByDestructor ended() { co_return; }
ByAwaiter posted() { co_return; }
Generator values() { co_yield 1; }
Shared add(int id);

void silent() {
  now();
  soon();
  made();
  ended();
  posted();
  values();
  add(1);
  auto kept = soon();
  auto unused = values();
}
