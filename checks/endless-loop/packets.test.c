// A packet may be empty: 0 isn't the end of a socket that takes packets.
//
// RUN: %check_leaks %s leak-endless-loop --silent

#include <sys/socket.h>

int make(void) { return socket(AF_INET, SOCK_DGRAM, 0); }

void use(char first);

void good(int fd) {
  char bytes[512];
  for (;;) {
    ssize_t n = recv(fd, bytes, sizeof(bytes), 0);
    if (n < 0)
      return;
    use(bytes[0]);
  }
}
