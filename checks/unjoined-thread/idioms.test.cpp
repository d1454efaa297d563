// What correct code does, with twins where the cure is missing.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <algorithm>
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();

// A. In a container or field, joined elsewhere.

class GoodPool {
public:
  explicit GoodPool(int n) {
    for (int i = 0; i < n; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~GoodPool() {
    for (auto &t : threads)
      t.join();
  }
private:
  void run();
  std::vector<std::thread> threads;
};
void GoodPool::run() { work(); }

class BadPool {
public:
  explicit BadPool(int n) {
    for (int i = 0; i < n; ++i)
      threads.emplace_back([this] { run(); });
  }
  ~BadPool() { done = true; }
private:
  void run() { work(); }
  bool done = false;
  std::vector<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'threads' may still hold joinable threads when 'BadPool' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodPeriodic {
public:
  explicit GoodPeriodic(int interval) {
    active = interval > 0;
    if (!active)
      return;
    worker = std::thread([this] { work(); });
  }
  ~GoodPeriodic();
private:
  bool active = false;
  std::thread worker;
};
inline GoodPeriodic::~GoodPeriodic() {
  if (worker.joinable())
    worker.join();
}

class BadPeriodic {
public:
  explicit BadPeriodic(int interval) {
    active = interval > 0;
    if (!active)
      return;
    worker = std::thread([this] { work(); });
  }
  ~BadPeriodic();
private:
  bool active = false;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadPeriodic' is destroyed
};
inline BadPeriodic::~BadPeriodic() { active = false; }

class GoodConstructorCatches {
public:
  explicit GoodConstructorCatches(int n) {
    try {
      for (int i = 0; i < n; ++i)
        threads.emplace_back(work);
    } catch (...) {
      for (auto &t : threads)
        if (t.joinable())
          t.join();
      throw;
    }
  }
  ~GoodConstructorCatches() { for (auto &t : threads) t.join(); }
private:
  std::vector<std::thread> threads;
};

class GoodSplices {
public:
  ~GoodSplices() {
    move_finished();
    for (auto &t : finished)
      t.join();
    for (auto &t : dynamic)
      t.join();
  }
  void add() { dynamic.emplace_back([this] { move_finished(); }); }
private:
  void move_finished() {
    std::lock_guard<std::mutex> lock(mutex);
    if (!dynamic.empty())
      finished.splice(finished.end(), dynamic, dynamic.begin());
  }
  std::mutex mutex;
  std::list<std::thread> dynamic, finished;
};

class GoodMovesUnderLock {
public:
  void add() {
    std::lock_guard<std::mutex> lock(mutex);
    threads.emplace_back(work);
  }
  ~GoodMovesUnderLock() {
    std::list<std::thread> mine;
    {
      std::lock_guard<std::mutex> lock(mutex);
      mine = std::move(threads);
    }
    for (auto &t : mine)
      t.join();
  }
private:
  std::mutex mutex;
  std::list<std::thread> threads;
};

class BadMovesUnderLock {
public:
  void add() { threads.emplace_back(work); }
  ~BadMovesUnderLock() { std::lock_guard<std::mutex> lock(mutex); threads.clear(); }
private:
  std::mutex mutex;
  std::list<std::thread> threads;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'threads' may still hold joinable threads when 'BadMovesUnderLock' is destroyed
};

class GoodFieldOfElement {
  struct Worker { std::thread thread; int id; };
public:
  explicit GoodFieldOfElement(size_t n) : workers(n) { spawn(n); }
  ~GoodFieldOfElement() { for (auto &w : workers) w.thread.join(); }
private:
  void spawn(size_t n) {
    for (size_t id = 0; id < n; ++id)
      workers[id].thread = std::thread([this, &w = workers[id]] { work(); });
  }
  std::vector<Worker> workers;
};

class BadFieldOfElement {
  struct Worker { std::thread thread; int id; };
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'thread' may still be joinable when 'Worker' is destroyed
public:
  explicit BadFieldOfElement(size_t n) : workers(n) {
    for (size_t id = 0; id < n; ++id)
      workers[id].thread = std::thread(work);
  }
  ~BadFieldOfElement() { workers.clear(); }
private:
  std::vector<Worker> workers;
};

void good_n_minus_one(unsigned n) {
  std::vector<std::thread> pool(n - 1);
  for (unsigned i = 0; i < n - 1; ++i)
    pool[i] = std::thread(work);
  work();
  for (unsigned i = 0; i < n - 1; ++i)
    pool[i].join();
}

void bad_n_minus_one(unsigned n) {
  std::vector<std::thread> pool(n - 1);
  for (unsigned i = 0; i < n - 1; ++i)
    pool[i] = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  if (!ready())
    return;
  for (unsigned i = 0; i < n - 1; ++i)
    pool[i].join();
}

void good_vector_of_shared(int n) {
  std::vector<std::shared_ptr<std::thread>> threads;
  for (int i = 0; i < n; ++i) {
    auto t = std::make_shared<std::thread>(work);
    threads.push_back(t);
  }
  for (size_t i = 0; i < threads.size(); ++i)
    threads[i]->join();
}

class GoodHeapStruct {
  struct Rep {
    std::thread compressor;
    std::vector<std::thread> pool;
  };
public:
  void maybe_start() {
    rep.reset(new Rep);
    rep->compressor = std::thread([this] { work(); });
    for (int i = 0; i < 4; ++i)
      rep->pool.emplace_back(work);
  }
  void stop() {
    for (auto &t : rep->pool)
      t.join();
    rep->compressor.join();
    rep.reset();
  }
private:
  std::unique_ptr<Rep> rep;
};

class GoodOwnerCallsStop {
public:
  ~GoodOwnerCallsStop() { assert(threads.empty()); }
  void open() {
    std::thread t(work);
    threads.push_back(std::move(t));
  }
  void stop() {
    for (auto &t : threads)
      t.join();
    threads.clear();
  }
private:
  std::vector<std::thread> threads;
};

// B. Joiners, deleters, wrappers.

class ThreadGuard {
public:
  ThreadGuard() = default;
  ThreadGuard(std::thread &&t) : thread(std::move(t)) {}
  ThreadGuard(ThreadGuard &&) = default;
  ~ThreadGuard() {
    if (thread.joinable())
      thread.join();
  }
private:
  std::thread thread;
};

void good_thread_guard() {
  std::thread worker(work);
  ThreadGuard guard(std::move(worker));
  if (!ready())
    return;
}

void good_vector_of_guards() {
  std::vector<ThreadGuard> guards;
  guards.emplace_back(std::thread(work));
  guards.push_back(ThreadGuard(std::thread(work)));
}

struct scope_exit {
  explicit scope_exit(std::function<void()> &&f) : f(std::move(f)) {}
  ~scope_exit() { f(); }
  std::function<void()> f;
};

void good_scope_exit() {
  std::thread worker(work);
  auto se = scope_exit([&] {
    if (worker.joinable())
      worker.join();
  });
  if (!ready())
    return;
  work();
}

void bad_scope_exit() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  auto se = scope_exit([&] { work(); });
  if (!ready())
    return;
  work();
}

struct ThreadJoiner {
  std::thread &t;
  explicit ThreadJoiner(std::thread &t) : t(t) {}
  ~ThreadJoiner() {
    try {
      t.join();
    } catch (...) {
    }
  }
};

void good_reference_joiner() {
  std::thread worker(work);
  ThreadJoiner joiner(worker);
  if (!ready())
    return;
}

struct NotJoiner {
  std::thread &t;
  explicit NotJoiner(std::thread &t) : t(t) {}
  ~NotJoiner() { work(); }
};

void bad_reference_joiner() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  NotJoiner joiner(worker);
}

class StartStop {
public:
  void start() { descriptor = std::thread(work); }
  void stop() { descriptor.join(); }
private:
  std::thread descriptor;
};

class GoodPoller {
public:
  GoodPoller() { t.start(); }
  ~GoodPoller() { stop_worker(); }
private:
  void stop_worker() { t.stop(); }
  StartStop t;
};

struct Deletes {
  std::thread t{work};
  ~Deletes() { t.join(); }
};

class GoodDeletesOwners {
public:
  void add() { all.push_back(new Deletes); }
  ~GoodDeletesOwners() {
    for (auto *d : all)
      delete d;
  }
private:
  std::vector<Deletes *> all;
};

class BaseServer {
public:
  void startThread() { thread = std::thread([this] { onThread(); }); }
  void joinThread() {
    if (thread.joinable())
      thread.join();
  }
  virtual void onThread() = 0;
  virtual ~BaseServer() = default;
protected:
  std::thread thread;
};

class GoodDerivedServer : public BaseServer {
public:
  GoodDerivedServer() { startThread(); }
  ~GoodDerivedServer() override { joinThread(); }
  void onThread() override { work(); }
};

std::thread good_factory(const std::string &name) {
  auto base = std::thread(work);
  (void)name;
  return base;
}

// C. Moved out, swapped, by reference.

class GoodMovesMemberToLocal {
public:
  void start() { recovery = std::make_unique<std::thread>(work); }
  void end() {
    std::unique_ptr<std::thread> old;
    {
      std::lock_guard<std::mutex> lock(mutex);
      old = std::move(recovery);
    }
    if (old)
      old->join();
  }
  ~GoodMovesMemberToLocal() { end(); }
private:
  std::mutex mutex;
  std::unique_ptr<std::thread> recovery;
};

class GoodStaleThread {
public:
  std::thread stale() {
    std::lock_guard<std::mutex> lock(mutex);
    return std::move(worker);
  }
  void restart() {
    auto old = stale();
    if (old.joinable())
      old.join();
    worker = std::thread(work);
  }
  ~GoodStaleThread() {
    auto old = stale();
    if (old.joinable())
      old.join();
  }
private:
  std::mutex mutex;
  std::thread worker;
};

class GoodSwapLoop {
public:
  void start() { background.reset(new std::thread(work)); }
  ~GoodSwapLoop() {
    while (true) {
      std::unique_ptr<std::thread> mine;
      background.swap(mine);
      if (!mine)
        break;
      if (mine->joinable())
        mine->join();
    }
  }
private:
  std::unique_ptr<std::thread> background;
};

struct Session {
  std::shared_ptr<std::thread> t;
  ~Session() {
    if (t.use_count() == 1)
      t->join();
  }
};

void good_shared_between_sessions() {
  Session a{std::make_shared<std::thread>(work)};
  Session b{a.t};
}

class GoodRestartable {
public:
  bool start() {
    if (running)
      return false;
    running = true;
    thread = std::make_unique<std::thread>([this] { work(); });
    return true;
  }
  bool shutdown() {
    if (!running)
      return false;
    running = false;
    thread->join();
    return true;
  }
  ~GoodRestartable() { shutdown(); }
private:
  bool running = false;
  std::unique_ptr<std::thread> thread;
};

// D. Detached on purpose.

class GoodNeverDestroyedEnv {
public:
  void schedule() {
    if (!started) {
      started = true;
      std::thread background([this] { work(); });
      background.detach();
    }
  }
private:
  bool started = false;
};

void good_start_thread(void (*function)(void *), void *arg) {
  std::thread t(function, arg);
  t.detach();
}

bool good_join_or_detach(bool in_time) {
  auto state = std::make_shared<std::atomic<bool>>(false);
  std::thread t([state] { *state = true; });
  if (in_time) {
    t.join();
    return true;
  }
  t.detach();
  return false;
}

bool bad_join_or_detach(bool in_time) {
  auto state = std::make_shared<std::atomic<bool>>(false);
  std::thread t([state] { *state = true; });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 't' is still joinable when it goes out of scope on this path
  if (in_time) {
    t.join();
    return true;
  }
  return false;
}

class GoodSelfDetach {
public:
  void add() { threads.emplace_back([this] { leave(); }); }
  ~GoodSelfDetach() { for (auto &t : threads) t.join(); }
private:
  void leave() {
    auto self = std::this_thread::get_id();
    threads.erase(std::remove_if(threads.begin(), threads.end(),
                                 [self](std::thread &t) {
                                   if (t.get_id() != self)
                                     return false;
                                   t.detach();
                                   return true;
                                 }),
                  threads.end());
  }
  std::vector<std::thread> threads;
};

class GoodExcessiveWorker {
public:
  void add() { threads.emplace_back(work); }
  void shrink() {
    auto &terminating = threads.back();
    terminating.detach();
    threads.pop_back();
  }
  ~GoodExcessiveWorker() { for (auto &t : threads) t.join(); }
private:
  std::vector<std::thread> threads;
};

class GoodIdleDetachesItself {
public:
  void start() {
    thread.reset(new std::thread([this] {
      work();
      thread->detach();
      thread.reset();
    }));
  }
  ~GoodIdleDetachesItself() {
    if (thread && thread->joinable())
      thread->join();
  }
private:
  std::unique_ptr<std::thread> thread;
};

class GoodDetachInDestructor {
public:
  GoodDetachInDestructor() : thread(work) {}
  ~GoodDetachInDestructor() { thread.detach(); }
private:
  std::thread thread;
};

class GoodPolicy {
public:
  explicit GoodPolicy(bool join) : join(join), thread(work) {}
  ~GoodPolicy() {
    if (join)
      thread.join();
    else
      thread.detach();
  }
private:
  bool join;
  std::thread thread;
};

// E. The destructor calls stop().

class GoodSseClient {
public:
  ~GoodSseClient() { stop(); }
  void start_async() {
    running = true;
    thread = std::thread([this] { work(); });
  }
  void stop() {
    running = false;
    if (thread.joinable())
      thread.join();
  }
private:
  std::atomic<bool> running{false};
  std::thread thread;
};

class BadSseClient {
public:
  ~BadSseClient() { stop(); }
  void start_async() {
    running = true;
    thread = std::thread([this] { work(); });
  }
  void stop() { running = false; }
private:
  std::atomic<bool> running{false};
  std::thread thread;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'thread' may still be joinable when 'BadSseClient' is destroyed
};

class GoodClose {
public:
  GoodClose() : thread(&GoodClose::background, this) {}
  ~GoodClose() { close(); }
  void close() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (closing)
        return;
      closing = true;
      cv.notify_all();
    }
    thread.join();
  }
private:
  void background() {
    std::unique_lock<std::mutex> lock(mutex);
    cv.wait(lock, [this] { return closing; });
  }
  std::mutex mutex;
  std::condition_variable cv;
  bool closing = false;
  std::thread thread;
};

class GoodRepeatable {
public:
  GoodRepeatable(std::function<void()> f)
      : function(std::move(f)), thread([this] { function(); }) {}
  void cancel() {
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (!running)
        return;
      running = false;
      cv.notify_one();
    }
    thread.join();
  }
  ~GoodRepeatable() { cancel(); }
private:
  std::function<void()> function;
  std::mutex mutex;
  std::condition_variable cv;
  bool running = true;
  std::thread thread;
};

class GoodProcessor {
public:
  GoodProcessor() : worker(&GoodProcessor::work_loop, this) {}
  virtual ~GoodProcessor() { internal_shutdown(); }
  bool shutdown() noexcept { return internal_shutdown(); }
protected:
  bool internal_shutdown() noexcept {
    if (worker.joinable())
      worker.join();
    return true;
  }
private:
  void work_loop() { work(); }
  std::thread worker;
};

class Io {
public:
  bool init() { loop = std::thread([this] { work(); }); return true; }
  void destroy() { loop.join(); }
private:
  std::thread loop;
};

class GoodExecutor {
public:
  GoodExecutor() { io.init(); }
  ~GoodExecutor() { io.destroy(); }
private:
  Io io;
};

class GoodTimer {
public:
  GoodTimer() { thread = std::thread([this] { work(); }); }
  ~GoodTimer() {
    try {
      { std::lock_guard<std::mutex> lock(mutex); stopped = true; }
      thread.join();
    } catch (...) {
      assert(false);
    }
  }
private:
  std::mutex mutex;
  bool stopped = false;
  std::thread thread;
};

class Trace {
public:
  static Trace *get() {
    static Trace trace;
    return &trace;
  }
  ~Trace() { thread.join(); }
private:
  Trace() : thread([this] { work(); }) {}
  std::thread thread;
};

void good_function_static_singleton() { Trace::get(); }
