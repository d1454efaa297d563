// Classes whose handle derived classes of other files can see.
#ifndef PROTECTED_FLAG_H
#define PROTECTED_FLAG_H

#include <thread>

class BadProtectedFlag {
public:
  BadProtectedFlag() : running(true), worker(&BadProtectedFlag::run, this) {}
  virtual ~BadProtectedFlag() {
    if (running)
      worker.join();
  }

protected:
  void run() { running = false; }
  bool running;
  std::thread worker;
};

class GoodProtectedFlag {
public:
  GoodProtectedFlag() : running(true), worker(&GoodProtectedFlag::run, this) {}
  virtual ~GoodProtectedFlag() {
    if (running)
      worker.join();
  }

protected:
  void run() {}
  bool running;
  std::thread worker;
};

// Who can set the flag isn't known.
class GoodProtectedFlagNeverSet {
public:
  virtual ~GoodProtectedFlagNeverSet() {
    if (started)
      worker.join();
  }
  void start() { worker = std::thread([] {}); }

protected:
  bool started = false;
  std::thread worker;
};

// Nor who joins.
class GoodPublicFlag {
public:
  ~GoodPublicFlag() {
    if (running)
      worker.join();
  }
  void start() {
    running = true;
    worker = std::thread(&GoodPublicFlag::run, this);
  }
  void run() { running = false; }
  bool running = false;
  std::thread worker;
};

#endif
