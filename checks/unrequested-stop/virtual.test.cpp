// Virtual methods that stop a thread, called by the destructor of the base.
//
// RUN: %check_leaks %s leak-unrequested-stop

#include <atomic>
#include <thread>
#include <vector>

void work();

// The override joins.

class Block {
public:
  virtual ~Block() { stop(); }
  void start() {
    running_ = true;
    doStart();
  }
  void stop() {
    if (!running_)
      return;
    doStop();
    running_ = false;
  }

protected:
  virtual void doStart() = 0;
  virtual void doStop() {}

private:
  bool running_ = false;
};

class BadFilter : public Block {
  void doStart() override { thread_ = std::thread(&BadFilter::run, this); }
  void doStop() override {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'doStop' of 'BadFilter' isn't what the destructor of 'Block' calls, since 'BadFilter' is gone by then; 'thread_' is neither asked to stop nor joined
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  void run() {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// A destructor for something else.
class BadOther : public Block {
public:
  ~BadOther() override { work(); }

private:
  void doStart() override { threads_.emplace_back(work); }
  void doStop() override {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'doStop' of 'BadOther' isn't what the destructor of 'Block' calls
    for (auto &t : threads_)
      t.join();
  }
  std::vector<std::thread> threads_;
};

class GoodFilter : public Block {
public:
  ~GoodFilter() override { stop(); }

private:
  void doStart() override { thread_ = std::thread(work); }
  void doStop() override { thread_.join(); }
  std::thread thread_;
};

class GoodItself : public Block {
public:
  ~GoodItself() override { GoodItself::doStop(); }

private:
  void doStart() override { thread_ = std::thread(work); }
  void doStop() override {
    if (thread_.joinable())
      thread_.join();
  }
  std::thread thread_;
};

class GoodByHelper : public Block {
public:
  ~GoodByHelper() override { close(); }

private:
  void close() { stop(); }
  void doStart() override { thread_ = std::thread(work); }
  void doStop() override { thread_.join(); }
  std::thread thread_;
};

class GoodElsewhere : public Block {
public:
  ~GoodElsewhere() override;

private:
  void doStart() override { thread_ = std::thread(work); }
  void doStop() override { thread_.join(); }
  std::thread thread_;
};

// Nothing to stop.
class GoodNoThread : public Block {
  void doStart() override { work(); }
  void doStop() override { work(); }
};

// The base doesn't try: who has the object has to stop it.
class Quiet {
public:
  virtual ~Quiet() {}
  virtual void stop() {}
};
class GoodByOwner : public Quiet {
public:
  void start() { thread_ = std::thread(work); }
  void stop() override { thread_.join(); }

private:
  std::thread thread_;
};

// By name, in templates.

template <class T> class Stage {
public:
  virtual ~Stage() { stop(); }
  virtual void stop() { doStop(); }

protected:
  virtual void doStop() {}
};

template <class T> class BadShape : public Stage<BadShape<T>> {
  void doStop() {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'doStop' of 'BadShape' isn't what the destructor of 'Stage' calls
    thread_.join();
  }
  T value_;
  std::thread thread_;
};

template <class T> class GoodShape : public Stage<GoodShape<T>> {
public:
  ~GoodShape() { Stage<GoodShape<T>>::stop(); }

private:
  void doStop() { thread_.join(); }
  T value_;
  std::thread thread_;
};

// The override asks, and the base joins.

class Service {
public:
  virtual ~Service() {
    wakeUp();
    thread_.join();
  }

protected:
  virtual void wakeUp() {}
  virtual void run() { work(); }
  std::thread thread_{[this] { run(); }};
};

class BadService : public Service {
  void wakeUp() override { stop_ = true; }
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'wakeUp' of 'BadService' isn't what the destructor of 'Service' calls, since 'BadService' is gone by then; 'thread_' is joined, but isn't asked to stop
  void run() override {
    while (!stop_)
      work();
  }
  std::atomic<bool> stop_{false};
};

class GoodForwards : public Service {
  void wakeUp() override { Service::wakeUp(); }
};

class GoodQualified {
public:
  virtual ~GoodQualified() { GoodQualified::doStop(); }

protected:
  virtual void doStop() {}
};
class GoodQualifiedChild : public GoodQualified {
  void doStop() override { thread_.join(); }
  std::thread thread_;
};
