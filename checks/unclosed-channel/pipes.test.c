// Pipes and pairs of sockets: who reads to the end waits until nobody has the
// other end open, this process included.
//
// RUN: %check_leaks %s leak-unclosed-channel

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

void use(const char *, ssize_t);

// The parent keeps the end that the child writes to.
int bad_parent(char *const argv[]) {
  int fds[2];
  char buffer[512];
  if (pipe(fds) != 0)
    return -1;
  pid_t child = fork();
  if (child == 0) {
    close(fds[0]);
    dup2(fds[1], STDOUT_FILENO);
    close(fds[1]);
    execvp(argv[0], argv);
    _exit(127);
  }
  ssize_t n;
  while ((n = read(fds[0], buffer, sizeof(buffer))) > 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'fds[1]' is still open here; this loop reads 'fds[0]' to its end, and never ends [leak-unclosed-channel]
    use(buffer, n);
  close(fds[0]);
  close(fds[1]);
  return waitpid(child, NULL, 0) == child ? 0 : -1;
}

int good_parent(char *const argv[]) {
  int fds[2];
  char buffer[512];
  if (pipe(fds) != 0)
    return -1;
  pid_t child = fork();
  if (child == 0) {
    close(fds[0]);
    dup2(fds[1], STDOUT_FILENO);
    close(fds[1]);
    execvp(argv[0], argv);
    _exit(127);
  }
  close(fds[1]);
  ssize_t n;
  while ((n = read(fds[0], buffer, sizeof(buffer))) > 0)
    use(buffer, n);
  close(fds[0]);
  return waitpid(child, NULL, 0) == child ? 0 : -1;
}

// Nor does the child close its copy, and reads itself.
void bad_child(const char *text) {
  int fds[2];
  if (pipe(fds) == -1)
    exit(1);
  if (fork() == 0) {
    char c;
    while (read(fds[0], &c, 1) > 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'fds[1]' is still open here; this loop reads 'fds[0]' to its end
      write(STDOUT_FILENO, &c, 1);
    _exit(0);
  }
  close(fds[0]);
  write(fds[1], text, strlen(text));
  close(fds[1]);
  wait(NULL);
}

void good_child(const char *text) {
  int fds[2];
  if (pipe(fds) == -1)
    exit(1);
  if (fork() == 0) {
    close(fds[1]);
    char c;
    while (read(fds[0], &c, 1) > 0)
      write(STDOUT_FILENO, &c, 1);
    _exit(0);
  }
  close(fds[0]);
  write(fds[1], text, strlen(text));
  close(fds[1]);
  wait(NULL);
}

// A number of bytes, not the end.
void good_counted(char *into, size_t size) {
  int fds[2];
  size_t got = 0;
  if (pipe(fds) == -1)
    return;
  write(fds[1], "x", 1);
  while (got < size) {
    ssize_t n = read(fds[0], into + got, size - got);
    if (n <= 0)
      break;
    got += n;
  }
  close(fds[0]);
  close(fds[1]);
}

// A byte means the end.
void good_byte(void) {
  int fds[2];
  char c;
  if (pipe(fds) == -1)
    return;
  write(fds[1], "q", 1);
  for (;;) {
    if (read(fds[0], &c, 1) <= 0)
      break;
    if (c == 'q')
      break;
  }
  close(fds[0]);
  close(fds[1]);
}

void give(int);
void good_given(void) {
  int fds[2];
  char c;
  if (pipe(fds) == -1)
    return;
  give(fds[1]);
  while (read(fds[0], &c, 1) > 0)
    ;
  close(fds[0]);
}

int bad_pair(void) {
  int ends[2];
  char c;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
    return -1;
  write(ends[1], "x", 1);
  for (;;) {
    ssize_t n = recv(ends[0], &c, 1, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'ends[1]' is still open here; this loop reads 'ends[0]' to its end
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    use(&c, n);
  }
  close(ends[1]);
  close(ends[0]);
  return 0;
}

int good_pair(void) {
  int ends[2];
  char c;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
    return -1;
  write(ends[1], "x", 1);
  shutdown(ends[1], SHUT_WR);
  for (;;) {
    ssize_t n = recv(ends[0], &c, 1, 0);
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    use(&c, n);
  }
  close(ends[1]);
  close(ends[0]);
  return 0;
}
