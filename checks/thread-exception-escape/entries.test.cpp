// What threads begin with, and what comes out of it.
//
// RUN: %check_leaks %s leak-thread-exception-escape -- -std=c++17

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

struct NetworkError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool ready();
void log(const char *text) noexcept;
void opaque();

void receive() {
  if (!ready())
    throw NetworkError("connection lost");
}

//===--- Entries ----------------------------------------------------------===//

void badLambda() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    if (!ready())
      throw std::runtime_error("no peer");
  });
  t.join();
}

void badFunction() {
  std::thread t(receive);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave 'receive', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

void receiveMore() { receive(); }
void badPointer() {
  std::thread t(&receiveMore);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave 'receiveMore', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

void run() {
  while (ready())
    receive();
}
void badBind() {
  std::thread t(std::bind(&run));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave 'run', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

struct Functor {
  int port;
  explicit Functor(int port) : port(port) {}
  void operator()() const {
    if (port == 1)
      throw std::runtime_error("port in use");
  }
};
void badFunctor() {
  std::thread t(Functor(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'runtime_error' can leave 'Functor', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}
void badFunctorByReference() {
  struct Local {
    void operator()() { throw NetworkError("gone"); }
  } local;
  std::thread t(std::ref(local));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave 'Local', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}
void badLambdaVariable() {
  auto work = [] { receive(); };
  std::thread t(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

class Client {
public:
  void start() { thread = std::thread(&Client::loop, this); }
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'NetworkError' can leave 'loop', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  void startBound() {
    thread = std::thread(std::bind(&Client::loopBound, this));
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'NetworkError' can leave 'loopBound', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  }
  ~Client() { thread.join(); }

private:
  void loop() {
    for (;;)
      step();
  }
  void loopBound() { step(); }
  void step() { receive(); }
  std::thread thread;
};

void badContainer() {
  std::vector<std::thread> all;
  all.emplace_back([] { receive(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  all.push_back(std::thread([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    opaque();
    receive();
  }));
  for (auto &t : all)
    t.join();
}
void badOwner() {
  auto t = std::make_unique<std::thread>([] { receive(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t->join();
}
void badNew() {
  auto *t = new std::thread([] { receive(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t->join();
  delete t;
}

struct Parser {
  int port;
  explicit Parser(const std::string &text) : port(std::stoi(text)) {}
};
void badConstructor(const std::string &text) {
  std::thread t([text] { Parser parser(text); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::invalid_argument' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}
void badLibrary(const std::string &text) {
  std::thread t([text] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::invalid_argument' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    int n = std::stoi(text);
    (void)n;
  });
  t.join();
}
void badCalledHere() {
  std::thread t([] { std::invoke(receive); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

class BadOwnVirtual {
public:
  virtual ~BadOwnVirtual() { thread.join(); }
  void start() {
    thread = std::thread([this] { loop(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  }
  virtual void loop() { receive(); }

private:
  std::thread thread;
};
class BadFinal final : public BadOwnVirtual {
public:
  void loop() override { receive(); }
};
void badFinal(BadFinal &f) {
  std::thread t([&f] { f.loop(); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
  t.join();
}

//===--- Silent: nothing comes out ----------------------------------------===//

void goodCaught() {
  std::thread t([] {
    try {
      receive();
    } catch (const std::exception &e) {
      log(e.what());
    }
  });
  t.join();
}
void goodCaughtInside() {
  std::thread t([] {
    while (ready()) {
      try {
        receive();
      } catch (...) {
        log("again");
      }
    }
  });
  t.join();
}
void goodExceptionPointer() {
  std::exception_ptr failed;
  std::thread t([&failed] {
    try {
      receive();
    } catch (...) {
      failed = std::current_exception();
    }
  });
  t.join();
  if (failed)
    std::rethrow_exception(failed);
}
void goodPromise(std::promise<int> result) {
  std::thread t([p = std::move(result)]() mutable {
    try {
      receive();
      p.set_value(1);
    } catch (...) {
      p.set_exception(std::current_exception());
    }
  });
  t.join();
}
void goodAsync() {
  auto f = std::async(std::launch::async, [] { receive(); });
  f.get();
}
void goodPackagedTask() {
  std::packaged_task<void()> task([] { receive(); });
  auto f = task.get_future();
  std::thread t(std::move(task));
  t.join();
  f.get();
}
void goodNoexcept() {
  // Who writes that, wants the process to end.
  std::thread t([]() noexcept { receive(); });
  t.join();
}
void quiet() noexcept { receive(); }
void goodNoexceptCallee() {
  std::thread t([] { quiet(); });
  t.join();
}
void goodOpaque() {
  std::thread t([] { opaque(); });
  t.join();
}
void goodLambdaNotRun() {
  std::thread t([] {
    auto later = [] { receive(); };
    (void)later;
  });
  t.join();
}

//===--- Silent: it's the program that is wrong ---------------------------===//

void goodMisuse(int n) {
  std::thread t([n] {
    if (n < 0)
      throw std::invalid_argument("n");
  });
  t.join();
}
struct NotImplemented {};
void goodNotImplemented() {
  std::thread t([] { throw NotImplemented(); });
  t.join();
}
void goodUnreachable() {
  std::thread t([] {
    if (!ready())
      throw std::runtime_error("should never happen");
  });
  t.join();
}
enum class Color { Red, Green };
int paint(Color c) {
  switch (c) {
  case Color::Red:
    return 1;
  case Color::Green:
    return 2;
  default:
    throw std::runtime_error("color");
  }
}
void goodForgottenCase(Color c) {
  std::thread t([c] { paint(c); });
  t.join();
}
[[noreturn]] void fatal(const char *text) { throw std::runtime_error(text); }
void goodFatal() {
  std::thread t([] {
    if (!ready())
      fatal("cannot go on");
  });
  t.join();
}
#define ASSERT_THAT(x)                                                         \
  do {                                                                         \
    if (!(x))                                                                  \
      throw std::runtime_error(#x);                                            \
  } while (0)
void goodAssertion() {
  std::thread t([] { ASSERT_THAT(ready()); });
  t.join();
}

struct TestFailed {};
#define TEST_EQUAL(a, b) if ((a) != (b)) throw TestFailed()
void goodTest() {
  std::thread t([] { TEST_EQUAL(ready(), true); });
  t.join();
}

void testReceiver() {
  std::thread t([] { receive(); });
  t.join();
}
struct Receiver_Works_Test {
  void body() {
    auto start = [] { std::thread([] { receive(); }).join(); };
    start();
  }
};
#define TEST_CASE(name) static void case_##name()
TEST_CASE(goodInMacro) {
  std::thread t([] { receive(); });
  t.join();
}

//===--- Silent: who knows ------------------------------------------------===//

struct Base {
  virtual ~Base() = default;
  virtual void work() { throw NetworkError("x"); }
};
void goodVirtual(Base &b) {
  std::thread t([&b] { b.work(); });
  t.join();
}
void four() { receive(); }
void three() { four(); }
void two() { three(); }
void one() { two(); }
void goodDeep() {
  std::thread t([] { one(); });
  t.join();
}
void goodDead() {
  std::thread t([] {
    if (false)
      receive();
    if constexpr (sizeof(int) == 1)
      receive();
  });
  t.join();
}

// What runs the tasks of others is the library's: its model says what it throws.
class [[clang::annotate("leak:scheduler")]] EventLoop {
public:
  void run() {
    if (broken())
      throw NetworkError("loop");
  }
  bool broken() const;
};
void goodModelled(EventLoop &loop) {
  std::thread t(&EventLoop::run, &loop);
  t.join();
}

struct TestFailure {};
inline void react(bool ok) {
  if (!ok)
    throw TestFailure();
}
#define REQUIRE(x) react(x)
void goodTestMacro() {
  std::thread t([] { REQUIRE(ready()); });
  t.join();
}
