// A class of sockets for packets: an empty one isn't the end.
//
// RUN: %check_leaks %s leak-endless-loop

#include <sys/select.h>
#include <sys/socket.h>

struct DGramSocket {
  int fd;
  void clear() {
    timeval none = {0, 0};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    char bytes[2];
    while (true) {
      if (select(FD_SETSIZE, &set, nullptr, nullptr, &none) == 0)
        break;
      recv(fd, bytes, 1, 0);
    }
  }
};

struct StreamSocket {
  int fd;
  void clear() {
    timeval none = {0, 0};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(fd, &set);
    char bytes[2];
    while (true) {
      if (select(FD_SETSIZE, &set, nullptr, nullptr, &none) == 0)
        break;
      recv(fd, bytes, 1, 0);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    }
  }
};
