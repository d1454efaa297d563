// accept() that fails for ever: its socket is closed, or there are no
// descriptors left.
//
// RUN: %check_leaks %s leak-endless-loop

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

void serve(int fd);

class Bad {
public:
  void stop() {
    shutdown(listening, SHUT_RDWR);
    close(listening);
  }
  void run() {
    while (true) {
      int fd = accept(listening, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'accept' returns -1 when it fails, and nothing leaves the loop then; it fails again for ever [leak-endless-loop]
      if (fd < 0) {
        std::perror("accept");
        continue;
      }
      serve(fd);
    }
  }

private:
  int listening;
};

class Good {
public:
  void stop() {
    shutdown(listening, SHUT_RDWR);
    close(listening);
  }
  void run() {
    while (true) {
      int fd = accept(listening, nullptr, nullptr);
      if (fd < 0) {
        if (errno == EINTR)
          continue;
        break;
      }
      serve(fd);
    }
  }

private:
  int listening;
};

class GoodFlag {
public:
  void stop() {
    running = false;
    close(listening);
  }
  void run() {
    while (running) {
      int fd = accept(listening, nullptr, nullptr);
      if (fd >= 0)
        serve(fd);
    }
  }

private:
  volatile bool running = true;
  int listening;
};

// All that wait are taken: it only leaves when there are none.
void bad_all(int listening) {
  while (true) {
    int fd = accept(listening, nullptr, nullptr);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'accept' returns -1 when it fails, and nothing leaves the loop then; it fails again for ever [leak-endless-loop]
    if (fd == -1) {
      if (errno == EAGAIN || errno == EWOULDBLOCK)
        break;
      continue;
    }
    serve(fd);
  }
}

void good_all(int listening) {
  while (true) {
    int fd = accept(listening, nullptr, nullptr);
    if (fd == -1) {
      if (errno == EINTR)
        continue;
      break;
    }
    serve(fd);
  }
}

// When somebody has left, it succeeds again.
void good_passes(int listening) {
  while (true) {
    int fd = accept(listening, nullptr, nullptr);
    if (fd < 0) {
      std::perror("accept");
      continue;
    }
    serve(fd);
  }
}

// It never leaves, whatever comes: errors of packets pass.
void good_tells_some_apart(int fd) {
  mmsghdr messages[16] = {};
  while (true) {
    int n = recvmmsg(fd, messages, 16, MSG_WAITFORONE, nullptr);
    if (n < 0) {
      if (errno == EAGAIN || errno == EINTR)
        continue;
      std::perror("recvmmsg");
      continue;
    }
    serve(n);
  }
}

void good_waits(int listening) {
  while (true) {
    int fd = accept(listening, nullptr, nullptr);
    if (fd < 0) {
      if (errno == EAGAIN)
        break;
      sleep(1);
      continue;
    }
    serve(fd);
  }
}

void good_polls(int listening) {
  pollfd one = {listening, POLLIN, 0};
  while (true) {
    if (poll(&one, 1, -1) <= 0)
      continue;
    int fd = accept(listening, nullptr, nullptr);
    if (fd < 0 && errno == EAGAIN)
      break;
    if (fd >= 0)
      serve(fd);
  }
}

// Connects until the server is there, at full speed.
void bad_connects(int fd, const sockaddr_in &to) {
  while (connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) < 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'connect' returns -1 when it fails, and nothing leaves the loop then; it fails again for ever [leak-endless-loop]
    std::perror("connect");
}

void good_connects(int fd, const sockaddr_in &to) {
  while (connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to)) < 0)
    sleep(1);
}
