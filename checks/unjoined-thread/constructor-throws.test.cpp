// Exceptions that leave a constructor after it has started a member's thread: the
// destructor of the class doesn't run then, but that of the member does.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

void work();
bool ready();
void unknown();

static void fails() {
  if (!ready())
    throw std::runtime_error("not ready");
}
static void fails_noexcept() noexcept { fails(); }
static void fails_deeper() { fails(); }

class BadBody {
public:
  BadBody() : worker(work) { fails(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this constructor; std::terminate is called [leak-unjoined-thread]
  ~BadBody() { worker.join(); }

private:
  std::thread worker;
};

class GoodBeforeTheStart {
public:
  GoodBeforeTheStart() {
    fails();
    worker = std::thread(work);
  }
  ~GoodBeforeTheStart() { worker.join(); }

private:
  std::thread worker;
};

class BadThrow {
public:
  explicit BadThrow(int header)
      : worker(&BadThrow::run, this) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'worker' is still joinable when an exception leaves this constructor
    if (header < 0)
      throw std::runtime_error("bad header");
  }
  ~BadThrow() { worker.join(); }

private:
  void run() {}
  std::thread worker;
};

class GoodThrow {
public:
  explicit GoodThrow(int header) : worker(&GoodThrow::run, this) {
    if (header < 0) {
      worker.join();
      throw std::runtime_error("bad header");
    }
  }
  ~GoodThrow() { worker.join(); }

private:
  void run() {}
  std::thread worker;
};

class BadAssigned {
public:
  BadAssigned() {
    worker = std::thread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is still joinable when an exception leaves this constructor
    fails_deeper();
  }
  ~BadAssigned() { worker.join(); }

private:
  std::thread worker;
};

class GoodAssigned {
public:
  GoodAssigned() {
    fails_deeper();
    worker = std::thread(work);
    fails_noexcept();
    unknown();
  }
  ~GoodAssigned() { worker.join(); }

private:
  std::thread worker;
};

class BadLoop {
public:
  explicit BadLoop(int n) {
    for (int i = 0; i < n; ++i) {
      pool.emplace_back(work);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'pool' still holds joinable threads when an exception leaves this constructor; std::terminate is called [leak-unjoined-thread]
      fails();
    }
  }
  ~BadLoop() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

// In the next turn.
class BadLoopBefore {
public:
  explicit BadLoopBefore(int n) {
    for (int i = 0; i < n; ++i) {
      fails();
      pool.emplace_back(work);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'pool' still holds joinable threads when an exception leaves this constructor
    }
  }
  ~BadLoopBefore() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

class GoodLoop {
public:
  explicit GoodLoop(int n) {
    fails();
    for (int i = 0; i < n; ++i)
      pool.emplace_back(work);
  }
  ~GoodLoop() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

class GoodLoopHandled {
public:
  explicit GoodLoopHandled(int n) {
    try {
      for (int i = 0; i < n; ++i) {
        pool.emplace_back(work);
        fails();
      }
    } catch (...) {
      for (auto &t : pool)
        t.join();
      throw;
    }
  }
  ~GoodLoopHandled() {
    for (auto &t : pool)
      t.join();
  }

private:
  std::vector<std::thread> pool;
};

class GoodHandledByMethod {
public:
  GoodHandledByMethod() : worker(work) {
    try {
      fails();
    } catch (...) {
      worker.join();
      throw;
    }
  }
  ~GoodHandledByMethod() { worker.join(); }

private:
  std::thread worker;
};

class BadHandlerRethrows {
public:
  BadHandlerRethrows() : worker(work) {
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'worker' is still joinable when an exception leaves this constructor
    try {
      fails();
    } catch (...) {
      unknown();
      throw;
    }
  }
  ~BadHandlerRethrows() { worker.join(); }

private:
  std::thread worker;
};

class GoodHandlerStays {
public:
  GoodHandlerStays() : worker(work) {
    try {
      fails();
    } catch (const std::exception &) {
      unknown();
    }
  }
  ~GoodHandlerStays() { worker.join(); }

private:
  std::thread worker;
};

class BadSecondMember {
public:
  BadSecondMember() : first(work), name(named()) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'first' is still joinable when an exception leaves this constructor
  ~BadSecondMember() { first.join(); }

private:
  static int named() {
    fails();
    return 1;
  }
  std::thread first;
  int name;
};

class GoodFirstMember {
public:
  GoodFirstMember() : name(named()), last(work) {}
  ~GoodFirstMember() { last.join(); }

private:
  static int named() {
    fails();
    return 1;
  }
  int name;
  std::thread last;
};

// A method may throw as it likes: the destructor joins.
class GoodMethodThrows {
public:
  void start() {
    worker = std::thread(work);
    fails();
  }
  ~GoodMethodThrows() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class GoodDetached {
public:
  GoodDetached() : worker(work) {
    worker.detach();
    fails();
  }

private:
  std::thread worker;
};

class GoodJthread {
public:
  GoodJthread() : worker(work) { fails(); }

private:
  std::jthread worker;
};

// It goes to std::terminate either way, and says so.
class GoodNoexceptConstructor {
public:
  GoodNoexceptConstructor() noexcept : worker(work) { fails_noexcept(); }
  ~GoodNoexceptConstructor() { worker.join(); }

private:
  std::thread worker;
};

// Its member joins by itself when the constructor throws.
class Joining {
public:
  Joining() : worker(work) {}
  ~Joining() { worker.join(); }

private:
  std::thread worker;
};

class GoodJoiningMember {
public:
  GoodJoiningMember() { fails(); }

private:
  Joining joining;
};

// What it delegates to is done: the destructor runs.
class GoodDelegates {
public:
  GoodDelegates() : worker(work) {}
  explicit GoodDelegates(int) : GoodDelegates() { fails(); }
  ~GoodDelegates() { worker.join(); }

private:
  std::thread worker;
};

template <class T> class BadTemplate {
public:
  explicit BadTemplate(T value) : worker(work) {
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'worker' is still joinable when an exception leaves this constructor
    if (value < T())
      throw std::runtime_error("negative");
  }
  ~BadTemplate() { worker.join(); }

private:
  std::thread worker;
};

template <class T> class GoodTemplate {
public:
  explicit GoodTemplate(T value) {
    if (value < T())
      throw std::runtime_error("negative");
    worker = std::thread(work);
  }
  ~GoodTemplate() { worker.join(); }

private:
  std::thread worker;
};

void make_them() {
  BadTemplate<int> a(1);
  BadTemplate<long> b(1);
  GoodTemplate<int> c(1);
  GoodTemplate<long> d(1);
}

//===--- Helpers that release ---------------------------------------------===//

class BadCloseBehind {
public:
  BadCloseBehind() {
    worker = std::thread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is still joinable when an exception leaves this constructor
    if (!ready())
      throw std::runtime_error("not ready");
    close();
  }
  ~BadCloseBehind() { close(); }

private:
  void close() {
    if (worker.joinable())
      worker.join();
  }
  std::thread worker;
};

class GoodCloseBefore {
public:
  GoodCloseBefore() {
    worker = std::thread(work);
    if (!ready()) {
      close();
      throw std::runtime_error("not ready");
    }
  }
  ~GoodCloseBefore() { close(); }

private:
  void close() {
    if (worker.joinable())
      worker.join();
  }
  std::thread worker;
};

class GoodCloseInHandler {
public:
  GoodCloseInHandler() {
    worker = std::thread(work);
    try {
      fails();
    } catch (...) {
      close();
      throw;
    }
  }
  ~GoodCloseInHandler() { close(); }

private:
  void close() { join(); }
  void join() {
    if (worker.joinable())
      worker.join();
  }
  std::thread worker;
};
