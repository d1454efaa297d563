// Functions of the project that answer as the call in them does, loops made of
// `goto`, and how much of a stream came.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

static ssize_t again(int fd, void *to, size_t size) {
  ssize_t n;
  do {
    n = read(fd, to, size);
  } while (n < 0 && errno == EINTR);
  return n;
}

bool badAgain(int fd, uint8_t *to, size_t size) {
  size_t total = 0;
  while (total < size) {
    ssize_t n = again(fd, to + total, size - total);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'again' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

// It says that it is an error.
static ssize_t strict(int fd, void *to, size_t size) {
  for (;;) {
    ssize_t n = read(fd, to, size);
    if (n > 0)
      return n;
    if (n == 0 || errno != EINTR)
      return -1;
  }
}

bool goodStrict(int fd, uint8_t *to, size_t size) {
  size_t total = 0;
  while (total < size) {
    ssize_t n = strict(fd, to + total, size - total);
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

class Socket {
public:
  explicit Socket(int fd) : fd(fd) {}
  int receive(char *to, int size) {
    int n = static_cast<int>(::recv(fd, to, size, 0));
    if (n < 0)
      error = errno;
    return n;
  }
  // Who asks it, knows.
  int receiveOrClose(char *to, int size) {
    int n = static_cast<int>(::recv(fd, to, size, 0));
    if (n == 0)
      isOpen = false;
    return n;
  }
  bool opened() const { return isOpen; }

private:
  int fd, error = 0;
  bool isOpen = true;
};

bool badMethod(Socket &socket, char *to, int size) {
  int total = 0;
  while (total < size) {
    int n = socket.receive(to + total, size - total);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'receive' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

bool goodMethod(Socket &socket, char *to, int size) {
  int total = 0;
  while (total < size && socket.opened()) {
    int n = socket.receiveOrClose(to + total, size - total);
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

int badGoto(int fd, char *to, size_t size) {
  size_t have = 0;
  ssize_t n;
again:
  n = recv(fd, to + have, size - have, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
  if (n < 0) {
    if (errno == EINTR)
      goto again;
    return -1;
  }
  have += n;
  if (have < size)
    goto again;
  return 0;
}

int goodGoto(int fd, char *to, size_t size) {
  size_t have = 0;
  ssize_t n;
again:
  n = recv(fd, to + have, size - have, 0);
  if (n < 0 && errno == EINTR)
    goto again;
  if (n <= 0)
    return -1;
  have += n;
  if (have < size)
    goto again;
  return 0;
}

uint32_t update(uint32_t sum, const char *bytes, size_t size);

uint32_t badCount(std::ifstream &in, size_t left) {
  std::vector<char> bytes(4096);
  uint32_t sum = 0;
  while (left > 0) {
    in.read(bytes.data(), std::min(left, bytes.size()));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'read' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    size_t n = in.gcount();
    sum = update(sum, bytes.data(), n);
    left -= n;
  }
  return sum;
}

uint32_t goodCount(std::ifstream &in, size_t left) {
  std::vector<char> bytes(4096);
  uint32_t sum = 0;
  while (left > 0) {
    in.read(bytes.data(), std::min(left, bytes.size()));
    size_t n = in.gcount();
    if (n == 0)
      break;
    sum = update(sum, bytes.data(), n);
    left -= n;
  }
  return sum;
}
