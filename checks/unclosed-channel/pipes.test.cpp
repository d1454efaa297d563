// Pipes that a thread reads to the end.
//
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#include <thread>
#include <unistd.h>
void use(const char *, long);

void bad_thread() {
  int fds[2];
  if (::pipe(fds))
    return;
  std::thread reader([&fds] {
    char buffer[64];
    long n;
    while ((n = ::read(fds[0], buffer, sizeof buffer)) > 0)
      use(buffer, n);
  });
  ::write(fds[1], "x", 1);
  reader.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'fds[1]' is still open here; what reads 'fds[0]' to its end never ends, and this join waits for ever [leak-unclosed-channel]
  ::close(fds[0]);
  ::close(fds[1]);
}
void good_thread() {
  int fds[2];
  if (::pipe(fds))
    return;
  std::thread reader([&fds] {
    char buffer[64];
    long n;
    while ((n = ::read(fds[0], buffer, sizeof buffer)) > 0)
      use(buffer, n);
  });
  ::write(fds[1], "x", 1);
  ::close(fds[1]);
  reader.join();
  ::close(fds[0]);
}
void good_writer() {
  int fds[2];
  if (::pipe(fds))
    return;
  int to = fds[1];
  std::thread writer([to] {
    ::write(to, "x", 1);
    ::close(to);
  });
  char buffer[64];
  while (::read(fds[0], buffer, sizeof buffer) > 0)
    ;
  writer.join();
  ::close(fds[0]);
}
class BadMember {
public:
  BadMember() {
    if (::pipe(fds_) == 0)
      reader_ = std::thread([this] { run(); });
  }
  ~BadMember() {
    ::close(fds_[0]);
    reader_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'fds_[1]' is never closed; what reads 'fds_[0]' to its end never ends, and this join waits for ever
  }
  void send(const char *text, long n) { ::write(fds_[1], text, n); }

private:
  void run() {
    char buffer[64];
    for (;;) {
      auto n = ::read(fds_[0], buffer, sizeof buffer);
      if (n <= 0)
        return;
      use(buffer, n);
    }
  }
  int fds_[2];
  std::thread reader_;
};
class GoodMember {
public:
  GoodMember() {
    if (::pipe(fds_) == 0)
      reader_ = std::thread([this] { run(); });
  }
  ~GoodMember() {
    ::close(fds_[1]);
    reader_.join();
    ::close(fds_[0]);
  }
  void send(const char *text, long n) { ::write(fds_[1], text, n); }

private:
  void run() {
    char buffer[64];
    for (;;) {
      auto n = ::read(fds_[0], buffer, sizeof buffer);
      if (n <= 0)
        return;
      use(buffer, n);
    }
  }
  int fds_[2];
  std::thread reader_;
};
