// A connection that the other side has closed is always ready to be read.
//
// RUN: %check_leaks %s leak-endless-loop

#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>

int bad(int fd, char *to, int size, struct timeval left) {
  int got = 0, n;
  fd_set in, err;
  FD_ZERO(&in);
  FD_SET(fd, &in);
  FD_ZERO(&err);
  FD_SET(fd, &err);
  while (got < size) {
    n = select(fd + 1, &in, 0, &err, &left);
    if (n > 0) {
      if (FD_ISSET(fd, &in)) {
        n = recv(fd, to + got, size - got, 0);
        // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
        if (n < 0)
          break;
        else if (n > 0)
          got += n;
      }
      if (FD_ISSET(fd, &err))
        break;
    } else {
      break;
    }
  }
  return got;
}

int good(int fd, char *to, int size, struct timeval left) {
  int got = 0, n;
  fd_set in;
  FD_ZERO(&in);
  FD_SET(fd, &in);
  while (got < size) {
    n = select(fd + 1, &in, 0, 0, &left);
    if (n <= 0)
      break;
    n = recv(fd, to + got, size - got, 0);
    if (n <= 0)
      break;
    got += n;
  }
  return got;
}

/* It waits for another one, and gives up after a time. */
int goodOther(int fd, int other, char *to, int size, struct timeval left) {
  int got = 0, n;
  fd_set in;
  FD_ZERO(&in);
  FD_SET(other, &in);
  while (got < size) {
    n = select(other + 1, &in, 0, 0, &left);
    if (n <= 0)
      break;
    n = recv(fd, to + got, size - got, 0);
    if (n > 0)
      got += n;
  }
  return got;
}

int badPoll(int fd, char *to, int size) {
  int got = 0;
  struct pollfd one = {fd, POLLIN, 0};
  while (got < size) {
    if (poll(&one, 1, 1000) <= 0)
      return -1;
    int n = recv(fd, to + got, size - got, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return -1;
    got += n;
  }
  return got;
}

/* Both sides have gone: POLLHUP. */
int goodHungUp(int fd, char *to, int size) {
  int got = 0;
  struct pollfd one = {fd, POLLIN, 0};
  while (got < size) {
    if (poll(&one, 1, 1000) <= 0 || (one.revents & POLLHUP))
      return -1;
    int n = recv(fd, to + got, size - got, 0);
    if (n < 0)
      return -1;
    got += n;
  }
  return got;
}
