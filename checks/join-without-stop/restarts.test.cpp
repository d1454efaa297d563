// Joined to be started again.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <atomic>
#include <thread>

void work();

class BadRestart {
public:
  BadRestart() { thread = std::thread(&BadRestart::run, this); }
  ~BadRestart() { stop(); }
  void start() {
    if (thread.joinable())
      thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread' is joined to be started again, but 'ends', until which it runs, isn't set; when it still runs, this join never returns [leak-join-without-stop]
    ends = false;
    thread = std::thread(&BadRestart::run, this);
  }
  void stop() {
    ends = true;
    if (thread.joinable())
      thread.join();
  }

private:
  void run() {
    while (!ends)
      work();
  }
  std::atomic<bool> ends{false};
  std::thread thread;
};

class GoodRestart {
public:
  ~GoodRestart() { stop(); }
  void start() {
    stop();
    ends = false;
    thread = std::thread(&GoodRestart::run, this);
  }
  void stop() {
    ends = true;
    if (thread.joinable())
      thread.join();
  }

private:
  void run() {
    while (!ends)
      work();
  }
  std::atomic<bool> ends{false};
  std::thread thread;
};

// Asked earlier, by what doesn't join.
class GoodAskedBefore {
public:
  ~GoodAskedBefore() {
    ask();
    thread.join();
  }
  void start() {
    if (thread.joinable())
      thread.join();
    ends = false;
    thread = std::thread(&GoodAskedBefore::run, this);
  }
  void ask() { ends = true; }

private:
  void run() {
    while (!ends)
      work();
  }
  std::atomic<bool> ends{false};
  std::thread thread;
};

// It ends by itself.
class GoodEnds {
public:
  ~GoodEnds() { stop(); }
  void start() {
    if (thread.joinable())
      thread.join();
    ends = false;
    thread = std::thread(&GoodEnds::run, this);
  }
  void stop() {
    ends = true;
    if (thread.joinable())
      thread.join();
  }

private:
  bool step();
  void run() {
    while (!ends)
      if (!step())
        return;
  }
  std::atomic<bool> ends{false};
  std::thread thread;
};

// Only stop() asks, and joins itself: what the destructor joins runs on.
class BadEnd {
public:
  BadEnd() : thread([this] { run(); }) {}
  void stop() {
    stopped = true;
    thread.join();
  }
  ~BadEnd() {
    if (thread.joinable())
      thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread' is joined at the end of its owner, but 'stopped', until which it runs, isn't set; when it still runs, this join never returns [leak-join-without-stop]
  }

private:
  void run() {
    while (!stopped)
      std::this_thread::yield();
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};

class GoodEnd {
public:
  GoodEnd() : thread([this] { run(); }) {}
  void stop() {
    stopped = true;
    if (thread.joinable())
      thread.join();
  }
  ~GoodEnd() { stop(); }

private:
  void run() {
    while (!stopped)
      std::this_thread::yield();
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};

// Others ask without a join.
class GoodAsked {
public:
  GoodAsked() : thread([this] { run(); }) {}
  void ask() { stopped = true; }
  ~GoodAsked() { thread.join(); }

private:
  void run() {
    while (!stopped)
      std::this_thread::yield();
  }
  std::atomic<bool> stopped{false};
  std::thread thread;
};
