// Notes and fix-its.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++17

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

class Worker {
public:
  Worker() : thread([this] { run(); }) {}
  ~Worker() {
    {
      std::lock_guard<std::mutex> lock(m);
      stop = true;
      // CHECK-FIXES: stop = true;
      // CHECK-FIXES-NEXT: cv.notify_all();
    }
    thread.join();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'cv' for ever, and so does this join [leak-join-without-stop]
    // CHECK-NOTES: :[[@LINE-10]]:14: note: started here
    // CHECK-NOTES: :[[@LINE-7]]:7: note: set here
    // CHECK-NOTES: :[[@LINE+7]]:7: note: waits here
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(m);
    while (!stop)
      cv.wait(lock);
  }
  std::mutex m;
  std::condition_variable cv;
  bool stop = false;
  std::thread thread;
};

class Receiver {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    thread = std::thread([this] { run(); });
  }
  void finish() {
    stop = true;
    thread.join();
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'thread' is joined, but after 'stop' is set it may still block on 'fd', which is closed only after this join [leak-join-without-stop]
    // CHECK-NOTES: :[[@LINE-6]]:5: note: started here
    // CHECK-NOTES: :[[@LINE-4]]:5: note: set here
    // CHECK-NOTES: :[[@LINE+8]]:7: note: blocks here
    // CHECK-NOTES: :[[@LINE+1]]:5: note: closed here
    close(fd);
  }

private:
  void run() {
    while (!stop)
      recv(fd, &data, sizeof data, 0);
  }
  int fd = -1, data = 0;
  std::atomic<bool> stop{false};
  std::thread thread;
};

class Restarted {
public:
  void start() {
    if (thread.joinable())
      thread.join();
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: 'thread' is joined to be started again, but 'stop', until which it runs, isn't set; when it still runs, this join never returns [leak-join-without-stop]
    // CHECK-NOTES: :[[@LINE+3]]:5: note: started here
    // CHECK-NOTES: :[[@LINE+5]]:5: note: set here, where it is joined as well
    stop = false;
    thread = std::thread([this] { run(); });
  }
  ~Restarted() {
    stop = true;
    if (thread.joinable())
      thread.join();
  }

private:
  void run() {
    while (!stop)
      ++turns;
  }
  int turns = 0;
  std::atomic<bool> stop{false};
  std::thread thread;
};
