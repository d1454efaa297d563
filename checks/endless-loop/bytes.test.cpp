// What takes the bytes doesn't end the loop.
//
// RUN: %check_leaks %s leak-endless-loop

#include <cerrno>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <thread>

void handle(const char *bytes, size_t count);

class Bad {
public:
  explicit Bad(int fd) : fd(fd), thread([this] { run(); }) {}
  ~Bad() {
    shutdown(fd, SHUT_RDWR);
    thread.join();
  }

private:
  void run() {
    char bytes[512];
    while (true) {
      int n = recv(fd, bytes, sizeof(bytes), 0);
      // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
      if (n < 0) {
        if (errno == EINTR)
          continue;
        break;
      }
      text.append(bytes, n);
    }
  }
  int fd;
  std::string text;
  std::thread thread;
};

void bad_copy(int fd, char *to, size_t size) {
  char part[64];
  size_t got = 0;
  while (got < size) {
    ssize_t n = recv(fd, part, sizeof(part), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return;
    std::memcpy(to + got, part, n);
    got += n;
  }
}

// It may throw, or close it.
void good_handled(int fd) {
  char bytes[512];
  while (true) {
    ssize_t n = recv(fd, bytes, sizeof(bytes), 0);
    if (n < 0)
      return;
    handle(bytes, n);
  }
}
