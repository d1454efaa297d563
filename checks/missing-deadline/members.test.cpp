// Sockets that are numbers in members.
//
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <cstddef>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

class Bad {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    if (fd_ < 0)
      return false;
    int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  std::string ask(const std::string &what) {
    if (send(fd_, what.data(), what.size(), 0) < 0)
      return "";
    char answer[100];
    ssize_t n = recv(fd_, answer, sizeof answer, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'fd_' is given no deadline; 'recv' waits for ever when the other side doesn't answer [leak-missing-deadline]
    // CHECK-FIXES: struct timeval limit = {30, 0}; setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    return n > 0 ? std::string(answer, n) : "";
  }
  ~Bad() {
    if (fd_ >= 0)
      close(fd_);
  }

private:
  int fd_ = -1;
};

// By methods of its own.
class BadMethods {
public:
  explicit BadMethods(const sockaddr_in &to) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to);
  }
  ~BadMethods() { close(fd_); }
  int login() {
    put("hello", 5);
    char c = 0;
    return get(&c, 1) ? c : -1;
  }

private:
  bool put(const char *data, size_t n) {
    return send(fd_, data, n, 0) == static_cast<ssize_t>(n);
  }
  bool get(char *data, size_t n) {
    while (n) {
      ssize_t r = recv(fd_, data, n, 0);
      // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'fd_' is given no deadline; 'recv' waits for ever
      if (r <= 0)
        return false;
      data += r;
      n -= r;
    }
    return true;
  }
  int fd_;
};

class Good {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    timeval limit = {5, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    return recv(fd_, answer, n, 0);
  }
  ~Good() { close(fd_); }

private:
  int fd_ = -1;
};

class GoodPoll {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    pollfd p = {fd_, POLLIN, 0};
    if (poll(&p, 1, 1000) <= 0)
      return -1;
    return recv(fd_, answer, n, 0);
  }
  ~GoodPoll() { close(fd_); }

private:
  int fd_ = -1;
};

// Another thread may end the wait.
class GoodShutdown {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    return recv(fd_, answer, n, 0);
  }
  void stop() { shutdown(fd_, SHUT_RDWR); }
  ~GoodShutdown() { close(fd_); }

private:
  int fd_ = -1;
};

// Who has the number may bound it.
class GoodLent {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    return recv(fd_, answer, n, 0);
  }
  int native() const { return fd_; }
  ~GoodLent() { close(fd_); }

private:
  int fd_ = -1;
};

// Listens to what comes from time to time.
class GoodFeed {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t next(char *answer, size_t n) { return recv(fd_, answer, n, 0); }
  void answer() { send(fd_, "!", 1, 0); }
  ~GoodFeed() { close(fd_); }

private:
  int fd_ = -1;
};

// Somebody else's.
class GoodTaken {
public:
  explicit GoodTaken(int fd) : fd_(fd) {}
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    return recv(fd_, answer, n, 0);
  }
  bool again(const sockaddr_in &to) {
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ~GoodTaken() { close(fd_); }

private:
  int fd_ = -1;
};

// A method may be elsewhere.
class GoodElsewhere {
public:
  bool open(const sockaddr_in &to) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
  }
  ssize_t ask(char *answer, size_t n) {
    send(fd_, "?", 1, 0);
    return recv(fd_, answer, n, 0);
  }
  void setTimeout(int seconds);
  ~GoodElsewhere() { close(fd_); }

private:
  int fd_ = -1;
};
