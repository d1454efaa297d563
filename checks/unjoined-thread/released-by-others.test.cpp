// Threads that somebody else releases: a deleter, a callback, another owner; and
// constructors that start them in each of their branches.
//
// RUN: %check_leaks %s leak-unjoined-thread --silent
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx --silent %}

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <thread>

// The initializer comes before any return of the body.
namespace early_return {

bool init();
void work();
class Service {
public:
  Service() : t_(work) {
    if (!init())
      return;
  }
  ~Service() { t_.join(); }

private:
  std::thread t_;
};

} // namespace early_return

// Both branches of the constructor start it.
namespace both_branches {

void fast();
void dummy();
bool enabled();
class Log {
public:
  Log() {
    if (enabled())
      task_ = std::thread(fast);
    else
      task_ = std::thread(dummy);
  }
  ~Log() { task_.join(); }

private:
  std::thread task_;
};

} // namespace both_branches

// A counted pointer was copied into a container before the start.
namespace counted {

struct Counted {
  void duplicate() { ++n; }
  void release() {
    if (--n == 0)
      delete this;
  }
  virtual ~Counted() = default;
  int n = 1;
};
template <class T> struct Ptr {
  T *p;
  Ptr(T *q) : p(q) {}
  Ptr(const Ptr &o) : p(o.p) {
    if (p)
      p->duplicate();
  }
  ~Ptr() {
    if (p)
      p->release();
  }
  T *operator->() const { return p; }
  bool operator<(const Ptr &o) const { return p < o.p; }
};
void work();
class Worker : public Counted {
public:
  void start() { t_ = std::thread(work); }
  void join() { t_.join(); }

private:
  std::thread t_;
};
class Pool {
public:
  ~Pool() { joinAll(); }
  void startThread() {
    Ptr<Worker> p = new Worker;
    all_.insert(p);
    p->start();
  }
  void joinAll() {
    for (auto &w : all_)
      w->join();
  }

private:
  std::set<Ptr<Worker>> all_;
};

} // namespace counted

// A library calls the method that joins.
namespace callback {

struct App {
  void on(std::function<void()>);
  void run();
  void quit();
};
std::shared_ptr<App> make();
class Service {
public:
  Service() : app_(make()), t_(std::bind(&Service::work, this)) {
    app_->on(std::bind(&Service::onShutdown, this));
  }
  void start() { app_->run(); }
  void stop() {
    if (t_.joinable())
      t_.join();
    app_->quit();
  }
  void onShutdown() { stop(); }
  void work() {}

private:
  std::shared_ptr<App> app_;
  std::thread t_;
};
void use() {
  Service s;
  s.start();
}

} // namespace callback

// A static smart pointer whose deleter joins.
namespace deleter {

void tick();
bool init() {
  static std::atomic<bool> running{true};
  static std::shared_ptr<std::thread> t(new std::thread([] {
                                          while (running)
                                            tick();
                                        }),
                                        [](std::thread *p) {
                                          running = false;
                                          p->join();
                                          delete p;
                                        });
  return t != nullptr;
}

} // namespace deleter
