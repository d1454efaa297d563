// Threads that try until it succeeds, and are joined.
//
// RUN: %check_leaks %s leak-endless-loop

#include <atomic>
#include <chrono>
#include <exception>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

struct Server {
  bool connect();
  void close();
  void open();
};
void serve(Server &server);
bool isUp();

class BadClient {
public:
  BadClient() : thread(&BadClient::run, this) {}
  ~BadClient() { thread.join(); }

private:
  void run() {
    while (connect(socket, (sockaddr *)&address, sizeof(address)) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: only when 'connect' succeeds, this loop is left; until then '~BadClient' waits, which joins 'thread', and nothing else ends it [leak-endless-loop]
      sleep(1);
  }
  std::thread thread;
  sockaddr_in address;
  int socket;
};

class BadDevice {
public:
  void start() { thread = std::thread(&BadDevice::run, this); }
  void stop() {
    running = false;
    thread.join();
  }
  ~BadDevice() { stop(); }

private:
  void run() {
    openDevice();
    while (running)
      sleep(1);
  }
  void openDevice() {
    int fd;
    do {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: only when 'open' succeeds, this loop is left; until then 'stop' waits, which joins 'thread', and nothing else ends it [leak-endless-loop]
      fd = open("/dev/example", O_RDWR);
      if (fd < 0)
        std::this_thread::sleep_for(std::chrono::seconds(1));
    } while (fd < 0);
    file = fd;
  }
  std::atomic<bool> running{true};
  std::thread thread;
  int file;
};

class BadPool {
public:
  void start() { thread = std::thread(&BadPool::run, this); }
  void stop() { thread.join(); }

private:
  void run() {
    for (;;) {
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: only when 'open' succeeds, this loop is left; until then 'stop' waits, which joins 'thread', and nothing else ends it [leak-endless-loop]
      try {
        database.open();
        break;
      } catch (const std::exception &) {
        std::this_thread::sleep_for(std::chrono::seconds(5));
      }
    }
    serve(database);
  }
  Server database;
  std::thread thread;
};

// It looks whether it is to stop.
class Stopped {
public:
  Stopped() : thread(&Stopped::run, this) {}
  ~Stopped() {
    stop = true;
    thread.join();
  }

private:
  void run() {
    while (!server.connect() && !stop)
      sleep(1);
  }
  std::atomic<bool> stop{false};
  Server server;
  std::thread thread;
};

// ... as often as it likes.
class Counted {
public:
  Counted() : thread(&Counted::run, this) {}
  ~Counted() { thread.join(); }

private:
  void run() {
    for (int tries = 0; tries < 5; ++tries) {
      if (server.connect())
        return;
      sleep(1);
    }
  }
  Server server;
  std::thread thread;
};

class Timed {
public:
  Timed() : thread(&Timed::run, this) {}
  ~Timed() { thread.join(); }

private:
  void run() {
    auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!server.connect()) {
      if (std::chrono::steady_clock::now() > until)
        break;
      sleep(1);
    }
  }
  Server server;
  std::thread thread;
};

// Who joins ends what it tries.
class Closed {
public:
  Closed() : thread(&Closed::run, this) {}
  ~Closed() {
    server.close();
    thread.join();
  }

private:
  void run() {
    while (!server.connect())
      sleep(1);
  }
  Server server;
  std::thread thread;
};

// Others bring what it waits for.
class Waiting {
public:
  Waiting() : thread(&Waiting::run, this) {}
  ~Waiting() { thread.join(); }

private:
  void run() {
    while (!isUp())
      sleep(1);
  }
  std::thread thread;
};

// Some errors end it.
class Choosy {
public:
  Choosy() : thread(&Choosy::run, this) {}
  ~Choosy() { thread.join(); }

private:
  void run() {
    int fd;
    while ((fd = open("/dev/example", O_RDWR)) < 0) {
      if (errno == ENOENT)
        return;
      sleep(1);
    }
    close(fd);
  }
  std::thread thread;
};

// Meant to run for ever.
class Daemon {
public:
  void start() { thread = std::thread(&Daemon::run, this); }
  void wait() { thread.join(); }

private:
  void run() {
    while (!server.connect())
      sleep(1);
  }
  Server server;
  std::thread thread;
};

int main() {
  Server server;
  while (!server.connect())
    sleep(1);
}
