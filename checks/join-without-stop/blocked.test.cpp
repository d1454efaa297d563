// The thread doesn't wait on a condition, but for the outside world, or on a
// semaphore: no flag frees it.
//
// RUN: %check_leaks %s leak-join-without-stop -- -std=c++20

#include <atomic>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <semaphore>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <thread>
#include <unistd.h>

//===--- Descriptors ------------------------------------------------------===//

class BadClosedAfter {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    int on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    running = true;
    thread = std::thread(&BadClosedAfter::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but after 'running' is set it may still block on 'fd', which is closed only after this join [leak-join-without-stop]
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

class GoodShutDown {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    running = true;
    thread = std::thread(&GoodShutDown::run, this);
  }
  void stop() {
    running = false;
    shutdown(fd, SHUT_RDWR);
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

// The caller does.
class GoodShutDownBefore {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    running = true;
    thread = std::thread(&GoodShutDownBefore::run, this);
  }
  ~GoodShutDownBefore() {
    shutdown(fd, SHUT_RDWR);
    finish();
  }

private:
  void finish() {
    running = false;
    thread.join();
    close(fd);
  }
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

class GoodTimeout {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    timeval time{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    running = true;
    thread = std::thread(&GoodTimeout::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

class GoodNotBlocking {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    running = true;
    thread = std::thread(&GoodNotBlocking::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

class GoodPolls {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    running = true;
    thread = std::thread(&GoodPolls::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running) {
      pollfd p{fd, POLLIN, 0};
      if (poll(&p, 1, 100) > 0)
        recv(fd, buffer, sizeof buffer, 0);
    }
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

// Somebody else may have set it up.
class GoodGiven {
public:
  explicit GoodGiven(int fd) : fd(fd), thread(&GoodGiven::run, this) {}
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd;
  std::atomic<bool> running{true};
  std::thread thread;
};

void setUp(int);

class GoodSetUp {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    setUp(fd);
    running = true;
    thread = std::thread(&GoodSetUp::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

// It becomes readable again and again.
class GoodTimer {
public:
  void start() {
    fd = timerfd_create(CLOCK_MONOTONIC, 0);
    itimerspec every{};
    timerfd_settime(fd, 0, &every, nullptr);
    running = true;
    thread = std::thread(&GoodTimer::run, this);
  }
  void stop() {
    running = false;
    thread.join();
    close(fd);
  }

private:
  void run() {
    long n;
    while (running)
      if (read(fd, &n, sizeof n) < 0)
        continue;
  }
  int fd = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

// An event frees it.
class GoodWoken {
public:
  void start() {
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    wake = eventfd(0, 0);
    running = true;
    thread = std::thread(&GoodWoken::run, this);
  }
  void stop() {
    running = false;
    long one = 1;
    if (write(wake, &one, sizeof one) < 0)
      return;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (running)
      recv(fd, buffer, sizeof buffer, 0);
  }
  int fd = -1, wake = -1;
  std::atomic<bool> running{false};
  std::thread thread;
};

// Nobody has asked it to end: it ends with the connection.
class GoodReadsToTheEnd {
public:
  void start() {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    thread = std::thread(&GoodReadsToTheEnd::run, this);
  }
  void finish() {
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[64];
    while (recv(fd, buffer, sizeof buffer, 0) > 0)
      ;
  }
  int fd = -1;
  std::thread thread;
};

//===--- Semaphores -------------------------------------------------------===//

class BadSemaphore {
public:
  BadSemaphore() : thread([this] { run(); }) {}
  ~BadSemaphore() {
    stop = true;
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'jobs' for ever, and so does this join [leak-join-without-stop]
  }
  void post() { jobs.release(); }

private:
  void run() {
    while (!stop)
      jobs.acquire();
  }
  std::counting_semaphore<> jobs{0};
  std::atomic<bool> stop{false};
  std::thread thread;
};

class GoodSemaphore {
public:
  GoodSemaphore() : thread([this] { run(); }) {}
  ~GoodSemaphore() {
    stop = true;
    jobs.release();
    thread.join();
  }
  void post() { jobs.release(); }

private:
  void run() {
    while (!stop)
      jobs.acquire();
  }
  std::counting_semaphore<> jobs{0};
  std::atomic<bool> stop{false};
  std::thread thread;
};

class BadPosixSemaphore {
public:
  BadPosixSemaphore() {
    sem_init(&jobs, 0, 0);
    thread = std::thread([this] { run(); });
  }
  ~BadPosixSemaphore() {
    stop = true;
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but nobody wakes it after 'stop' is set: it may wait on 'jobs' for ever, and so does this join [leak-join-without-stop]
    sem_destroy(&jobs);
  }
  void post() { sem_post(&jobs); }

private:
  void run() {
    while (!stop)
      sem_wait(&jobs);
  }
  sem_t jobs;
  std::atomic<bool> stop{false};
  std::thread thread;
};

// Another thread goes on posting.
class GoodFed {
public:
  GoodFed() : thread([this] { run(); }), feeder([this] { feed(); }) {}
  ~GoodFed() {
    stop = true;
    thread.join();
    feeder.detach();
  }

private:
  void run() {
    while (!stop)
      jobs.acquire();
  }
  void feed() {
    for (;;)
      jobs.release();
  }
  std::counting_semaphore<> jobs{0};
  std::atomic<bool> stop{false};
  std::thread thread, feeder;
};

// A mutex is given back.
class GoodMutex {
public:
  GoodMutex() : thread([this] { run(); }) {}
  ~GoodMutex() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!stop) {
      mutex.acquire();
      mutex.release();
    }
  }
  std::binary_semaphore mutex{1};
  std::atomic<bool> stop{false};
  std::thread thread;
};

// Where the descriptor comes from isn't visible, but the loop would turn without
// a pause if it didn't block, or be left.
class BadGiven {
public:
  explicit BadGiven(int fd) : fd(fd), thread([this] { run(); }) {}
  ~BadGiven() {
    stop = true;
    thread.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread' is joined, but after 'stop' is set it may still block on 'fd', which is closed only after this join [leak-join-without-stop]
    close(fd);
  }

private:
  void run() {
    char buffer[100];
    while (!stop) {
      long n = read(fd, buffer, sizeof buffer);
      if (n <= 0)
        break;
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

// It may give up when nothing comes.
class GoodGivingUp {
public:
  explicit GoodGivingUp(int fd) : fd(fd), thread([this] { run(); }) {}
  ~GoodGivingUp() {
    stop = true;
    thread.join();
    close(fd);
  }

private:
  void run() {
    char buffer[100];
    while (!stop) {
      long n = read(fd, buffer, sizeof buffer);
      if (n <= 0)
        continue;
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};
