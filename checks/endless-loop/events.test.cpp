// Descriptors of events have no end: who reads from them gets one, or an error.
//
// RUN: %check_leaks %s leak-endless-loop --silent

#include <poll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <unistd.h>

void handle(const char *bytes, long size);

class Watcher {
public:
  Watcher() : fd_(inotify_init()) {}
  void run() {
    char bytes[4096];
    while (true) {
      pollfd one = {fd_, POLLIN, 0};
      if (poll(&one, 1, -1) <= 0)
        continue;
      long n = read(fd_, bytes, sizeof(bytes));
      if (n > 0)
        handle(bytes, n);
    }
  }

private:
  int fd_;
};

class Late {
public:
  void open() { fd_ = inotify_init1(IN_CLOEXEC); }
  void run() {
    char bytes[4096];
    while (true) {
      pollfd one = {fd_, POLLIN, 0};
      if (poll(&one, 1, -1) <= 0)
        continue;
      long n = read(fd_, bytes, sizeof(bytes));
      if (n > 0)
        handle(bytes, n);
    }
  }

private:
  int fd_ = -1;
};

void all() {
  int fd = timerfd_create(CLOCK_MONOTONIC, 0);
  char bytes[8];
  while (true) {
    pollfd one = {fd, POLLIN, 0};
    if (poll(&one, 1, -1) <= 0)
      continue;
    long n = read(fd, bytes, 8);
    if (n > 0)
      handle(bytes, n);
  }
}
