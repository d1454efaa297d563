// Sockets that are numbers: who asks has to bound the wait for the answer.
//
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <cstdio>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int bad(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return -1;
  if (connect(fd, (const sockaddr *)&a, sizeof a) < 0) {
    close(fd);
    return -1;
  }
  send(fd, "x", 1, 0);
  char b[10];
  int n = recv(fd, b, 10, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'fd' is given no deadline; 'recv' waits for ever when the other side doesn't answer [leak-missing-deadline]
  close(fd);
  return n;
}

// A datagram may be lost, and its answer.
int badDatagram(const sockaddr_in &a) {
  int fd;
  if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0) {
    std::printf("%d\n", fd);
    return -1;
  }
  sendto(fd, "x", 1, 0, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recvfrom(fd, b, 10, 0, nullptr, nullptr);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'fd' is given no deadline; 'recvfrom' waits
  close(fd);
  return n;
}

static bool answer(int s, char *to) { return recv(s, to, 1, 0) == 1; }
// CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'fd' is given no deadline; 'recv' waits

static int dial(const sockaddr_in &a) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0)
    return -1;
  if (connect(s, (const sockaddr *)&a, sizeof a) != 0) {
    close(s);
    return -1;
  }
  return s;
}

bool badParts(const sockaddr_in &a) {
  int fd = dial(a);
  if (fd == -1)
    return false;
  send(fd, "x", 1, 0);
  char c;
  bool ok = answer(fd, &c);
  close(fd);
  return ok;
}

int good(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  timeval limit{30, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

int goodPoll(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  connect(fd, (const sockaddr *)&a, sizeof a);
  pollfd p{fd, POLLIN, 0};
  char b[10];
  int n = poll(&p, 1, 1000) == 1 ? recv(fd, b, 10, 0) : -1;
  close(fd);
  return n;
}

int goodFlags(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

int goodDontWait(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, MSG_PEEK | MSG_DONTWAIT);
  close(fd);
  return n;
}

int goodControl(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

int goodAlarm(const sockaddr_in &a) {
  alarm(30);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

// A feed: it comes when there is something to tell.
int goodFeed(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const sockaddr *)&a, sizeof a) < 0) {
    close(fd);
    return -1;
  }
  char b[10];
  while (recv(fd, b, 10, 0) > 0)
    std::printf("%c\n", b[0]);
  close(fd);
  return 0;
}

// Whoever serves waits on purpose.
void goodServer(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  bind(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  while (recv(fd, b, 10, 0) > 0)
    sendto(fd, b, 10, 0, (const sockaddr *)&a, sizeof a);
  close(fd);
}

void configure(int fd);
int goodElsewhere(const sockaddr_in &a) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  configure(fd);
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

struct Owner {
  int fd;
};
int goodStored(const sockaddr_in &a, Owner &o) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  o.fd = fd;
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

int goodParameter(int fd) {
  send(fd, "x", 1, 0);
  char b[10];
  int n = recv(fd, b, 10, 0);
  close(fd);
  return n;
}

long goodCounter() {
  int fd = eventfd(0, 0);
  long one = 1;
  write(fd, &one, sizeof one);
  read(fd, &one, sizeof one);
  close(fd);
  return one;
}

int main() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in a{};
  connect(fd, (const sockaddr *)&a, sizeof a);
  char b[10];
  recv(fd, b, 10, 0);
  close(fd);
}
