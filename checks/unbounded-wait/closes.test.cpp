// A close of a descriptor's number doesn't wake who waits on it.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <atomic>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>
#include <unistd.h>

void handle(int);

class BadServer {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&BadServer::run, this);
  }
  void stop() {
    running_ = false;
    close(socket_);
    // CHECK-FIXES: ::shutdown(socket_, SHUT_RDWR);
    // CHECK-FIXES-NEXT: close(socket_);
    thread_.join();
  }

private:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this may wait on 'socket_' for ever: 'stop' closes it, which doesn't wake who waits on it already; the join never returns [leak-unbounded-wait]
      if (client >= 0)
        handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

// The recommended mend.
class GoodServer {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&GoodServer::run, this);
  }
  void stop() {
    running_ = false;
    shutdown(socket_, SHUT_RDWR);
    close(socket_);
    thread_.join();
  }

private:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      if (client >= 0)
        handle(client);
    }
  }
  static int shutdown(int fd, int how) { return ::shutdown(fd, how); }
  int socket_ = -1;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

// No flag: the loop ends with the call. The socket comes from elsewhere.
class BadReader {
public:
  explicit BadReader(int fd) : fd_(fd), thread_(&BadReader::run, this) {}
  ~BadReader() {
    if (fd_ >= 0) {
      ::close(fd_);
      fd_ = -1;
    }
    if (thread_.joinable())
      thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (true) {
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: this may wait on 'fd_' for ever: '~BadReader' closes it, which doesn't wake who waits on it already; the join never returns [leak-unbounded-wait]
      if (n <= 0)
        break;
      handle(buffer[0]);
    }
  }
  int fd_;
  std::thread thread_;
};

class GoodReaderTellsThePeer {
public:
  explicit GoodReaderTellsThePeer(int fd)
      : fd_(fd), thread_(&GoodReaderTellsThePeer::run, this) {}
  ~GoodReaderTellsThePeer() {
    send(fd_, "bye", 3, 0);
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (true) {
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n <= 0)
        break;
      handle(buffer[0]);
    }
  }
  int fd_;
  std::thread thread_;
};

// Closed after the join: the thread has ended by itself, as far as this rule
// can say.
class GoodClosedAfter {
public:
  explicit GoodClosedAfter(int fd)
      : fd_(fd), thread_(&GoodClosedAfter::run, this) {}
  ~GoodClosedAfter() {
    thread_.join();
    ::close(fd_);
  }

private:
  void run() {
    char buffer[100];
    while (true) {
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n <= 0)
        break;
      handle(buffer[0]);
    }
  }
  int fd_;
  std::thread thread_;
};

// It gives up by itself.
class GoodTimeout {
public:
  void start() {
    fd_ = socket(AF_INET, SOCK_DGRAM, 0);
    timeval limit{1, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    thread_ = std::thread(&GoodTimeout::run, this);
  }
  void stop() {
    stop_ = true;
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (!stop_) {
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n > 0)
        handle(buffer[0]);
    }
  }
  int fd_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodNonBlocking {
public:
  void start() {
    fd_ = socket(AF_INET, SOCK_DGRAM, 0);
    fcntl(fd_, F_SETFL, O_NONBLOCK);
    thread_ = std::thread(&GoodNonBlocking::run, this);
  }
  void stop() {
    stop_ = true;
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (!stop_) {
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n > 0)
        handle(buffer[0]);
    }
  }
  int fd_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodPolls {
public:
  void start() {
    fd_ = socket(AF_INET, SOCK_DGRAM, 0);
    thread_ = std::thread(&GoodPolls::run, this);
  }
  void stop() {
    stop_ = true;
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (!stop_) {
      pollfd p{fd_, POLLIN, 0};
      if (poll(&p, 1, 100) <= 0)
        continue;
      ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n > 0)
        handle(buffer[0]);
    }
  }
  int fd_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// A file has an end.
class GoodFile {
public:
  void start(const char *path) {
    fd_ = open(path, O_RDONLY);
    thread_ = std::thread(&GoodFile::run, this);
  }
  void stop() {
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (read(fd_, buffer, sizeof(buffer)) > 0)
      handle(buffer[0]);
  }
  int fd_ = -1;
  std::thread thread_;
};

class BadDevice {
public:
  void start() {
    fd_ = open("/dev/input/event0", O_RDONLY);
    thread_ = std::thread(&BadDevice::run, this);
  }
  void stop() {
    ::close(fd_);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    while (read(fd_, buffer, sizeof(buffer)) > 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: this may wait on 'fd_' for ever: 'stop' closes it, which doesn't wake who waits on it already; the join never returns [leak-unbounded-wait]
      handle(buffer[0]);
  }
  int fd_ = -1;
  std::thread thread_;
};

// The join is elsewhere, the close in a function of the project.
static int closeSocket(int fd) { return ::close(fd); }

class BadStoppedOnly {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&BadStoppedOnly::run, this);
  }
  void stop() {
    running_ = false;
    closeSocket(socket_);
  }
  void wait() { thread_.join(); }

private:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this may wait on 'socket_' for ever: 'stop' closes it, which doesn't wake who waits on it already [leak-unbounded-wait]
      if (client >= 0)
        handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

static int endSocket(int fd) {
  shutdown(fd, SHUT_RDWR);
  return ::close(fd);
}

class GoodStoppedByFunction {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&GoodStoppedByFunction::run, this);
  }
  void stop() {
    running_ = false;
    endSocket(socket_);
  }
  void wait() { thread_.join(); }

private:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      if (client >= 0)
        handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

// Stopped by others before, who shut it down.
class GoodTwoSteps {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&GoodTwoSteps::run, this);
  }
  void interrupt() { shutdown(socket_, SHUT_RDWR); }
  void stop() {
    running_ = false;
    close(socket_);
    thread_.join();
  }

private:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      if (client >= 0)
        handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> running_{true};
  std::thread thread_;
};

// The call is in a method of its own, and the thread waits for work before it.
class BadWorker {
public:
  explicit BadWorker(int fd) {
    fd_ = fd;
    thread_ = std::thread(&BadWorker::run, this);
  }
  void ask() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      ++asked_;
    }
    condition_.notify_all();
  }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    condition_.notify_all();
    close(fd_);
    if (thread_.joinable())
      thread_.join();
  }

private:
  int receive(char *buffer, int size) {
    int n = read(fd_, buffer, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this may wait on 'fd_' for ever: 'stop' closes it, which doesn't wake who waits on it already; the join never returns
    return n;
  }
  void run() {
    char buffer[100];
    while (true) {
      std::unique_lock<std::mutex> lock(mutex_);
      condition_.wait(lock, [this] { return asked_ > 0 || stop_; });
      if (stop_)
        return;
      --asked_;
      lock.unlock();
      int n = receive(buffer, sizeof(buffer));
      if (n <= 0)
        return;
      handle(n);
    }
  }
  int fd_ = -1, asked_ = 0;
  bool stop_ = false;
  std::mutex mutex_;
  std::condition_variable condition_;
  std::thread thread_;
};

// By copies of the number, on both sides.
class BadCopies {
public:
  void start() {
    fd_ = socket(AF_INET, SOCK_DGRAM, 0);
    thread_ = std::thread(&BadCopies::run, this);
  }
  void stop() {
    stop_ = true;
    int fd = fd_;
    fd_ = -1;
    close(fd);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    int fd = fd_;
    while (!stop_) {
      if (recv(fd, buffer, sizeof(buffer), 0) <= 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: this may wait on 'fd_' for ever: 'stop' closes it, which doesn't wake who waits on it already; the join never returns
        break;
      handle(buffer[0]);
    }
  }
  int fd_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodCopies {
public:
  void start() {
    fd_ = socket(AF_INET, SOCK_DGRAM, 0);
    thread_ = std::thread(&GoodCopies::run, this);
  }
  void stop() {
    stop_ = true;
    int fd = fd_;
    fd_ = -1;
    shutdown(fd, SHUT_RDWR);
    close(fd);
    thread_.join();
  }

private:
  void run() {
    char buffer[100];
    int fd = fd_;
    while (!stop_) {
      if (recv(fd, buffer, sizeof(buffer), 0) <= 0)
        break;
      handle(buffer[0]);
    }
  }
  int fd_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The base, of which nothing is seen, runs it, and stops it as well.
class Server {
public:
  virtual ~Server();
  virtual bool start();
  virtual bool stop();

protected:
  virtual void listen() = 0;
  bool running_ = false;
};

class BadDerived : public Server {
  bool start() override {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    return Server::start();
  }
  bool stop() override {
    ::close(socket_);
    return Server::stop();
  }
  void listen() override {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this may wait on 'socket_' for ever: 'stop' closes it, which doesn't wake who waits on it already [leak-unbounded-wait]
      if (client > 0)
        handle(client);
    }
  }
  int socket_ = -1;
};

class GoodDerived : public Server {
  bool start() override {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    return Server::start();
  }
  bool stop() override {
    ::shutdown(socket_, SHUT_RDWR);
    ::close(socket_);
    return Server::stop();
  }
  void listen() override {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      if (client > 0)
        handle(client);
    }
  }
  int socket_ = -1;
};

// A program that runs it itself may stop it from a signal handler, which ends
// the call.
class GoodMain {
public:
  void run() {
    while (running_) {
      int client = accept(socket_, nullptr, nullptr);
      if (client > 0)
        handle(client);
    }
  }
  void stop() {
    running_ = false;
    ::close(socket_);
  }

private:
  int socket_ = socket(AF_INET, SOCK_STREAM, 0);
  volatile bool running_ = true;
};
