// Calls that wait for the outside world, in threads that look at a flag.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <atomic>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

void handle(int);

// The socket is the thread's own: nobody else can close it.
class BadLocal {
public:
  BadLocal() : thread([this] { run(); }) {}
  ~BadLocal() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    int server = socket(AF_INET, SOCK_STREAM, 0);
    listen(server, 5);
    while (!stop) {
      int client = accept(server, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this may wait on 'server' for ever, and nobody ends that before the join in '~BadLocal'; 'stop' is seen only afterwards [leak-unbounded-wait]
      if (client >= 0)
        handle(client);
    }
    close(server);
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

// "For ever" is said right there.
class BadPoll {
public:
  explicit BadPoll(int fd) : fd(fd), thread([this] { run(); }) {}
  ~BadPoll() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    pollfd one{fd, POLLIN, 0};
    while (!stop) {
      poll(&one, 1, -1);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this may wait on 'one' for ever, and nobody ends that before the join in '~BadPoll'; 'stop' is seen only afterwards [leak-unbounded-wait]
      if (one.revents)
        handle(fd);
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

class GoodTimeout {
public:
  explicit GoodTimeout(int fd) : fd(fd), thread([this] { run(); }) {}
  ~GoodTimeout() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    pollfd one{fd, POLLIN, 0};
    while (!stop) {
      poll(&one, 1, 500);
      if (one.revents)
        handle(fd);
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

// A byte to a pipe that is polled as well.
class GoodPipe {
public:
  explicit GoodPipe(int fd) : fd(fd) {
    if (pipe(ends) == 0)
      thread = std::thread([this] { run(); });
  }
  ~GoodPipe() {
    stop = true;
    (void)!write(ends[1], "x", 1);
    thread.join();
  }

private:
  void run() {
    pollfd both[2] = {{fd, POLLIN, 0}, {ends[0], POLLIN, 0}};
    while (!stop) {
      poll(both, 2, -1);
      if (both[0].revents)
        handle(fd);
    }
  }
  std::atomic<bool> stop{false};
  int fd, ends[2];
  std::thread thread;
};

// It waits at most as long as the socket says.
class GoodLimit {
public:
  GoodLimit() : thread([this] { run(); }) {}
  ~GoodLimit() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    int one = socket(AF_INET, SOCK_DGRAM, 0);
    timeval limit{1, 0};
    setsockopt(one, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    char buffer[512];
    while (!stop)
      if (recv(one, buffer, sizeof buffer, 0) > 0)
        handle(buffer[0]);
    close(one);
  }
  std::atomic<bool> stop{false};
  std::thread thread;
};

class GoodShutdown {
public:
  explicit GoodShutdown(int fd) : fd(fd), thread([this] { run(); }) {}
  ~GoodShutdown() {
    stop = true;
    shutdown(fd, SHUT_RDWR);
    thread.join();
    close(fd);
  }

private:
  void run() {
    while (!stop) {
      int client = accept(fd, nullptr, nullptr);
      if (client >= 0)
        handle(client);
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

// Who it is that closes it isn't known: the caller, perhaps.
class GoodDisconnect {
public:
  explicit GoodDisconnect(int fd) : fd(fd), thread([this] { run(); }) {}
  void disconnect() { shutdown(fd, SHUT_RDWR); }
  ~GoodDisconnect() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!stop) {
      int client = accept(fd, nullptr, nullptr);
      if (client >= 0)
        handle(client);
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

// Perhaps it doesn't block: there is a pause.
class GoodPause {
public:
  explicit GoodPause(int fd) : fd(fd), thread([this] { run(); }) {}
  ~GoodPause() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!stop) {
      int client = accept(fd, nullptr, nullptr);
      if (client >= 0)
        handle(client);
      else
        usleep(1000);
    }
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};

// What is sent is taken in the end.
class GoodSend {
public:
  explicit GoodSend(int fd) : fd(fd), thread([this] { run(); }) {}
  ~GoodSend() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!stop)
      if (send(fd, "x", 1, 0) < 0)
        return;
  }
  std::atomic<bool> stop{false};
  int fd;
  std::thread thread;
};
