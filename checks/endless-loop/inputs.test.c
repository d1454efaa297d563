// Descriptors and streams of C: what is read is at its end, or fails, and the
// loop goes on.
//
// RUN: %check_leaks %s leak-endless-loop

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void process(const char *data);
void handle(const char *data, long size);
bool is_done(int fd);

bool bad_fill(int fd, char *to, size_t size) {
  size_t total = 0;
  while (total < size) {
    ssize_t n = recv(fd, to + total, size - total, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

bool good_fill(int fd, char *to, size_t size) {
  size_t total = 0;
  while (total < size) {
    ssize_t n = recv(fd, to + total, size - total, 0);
    if (n <= 0)
      return false;
    total += n;
  }
  return true;
}

static bool running;

void bad_until_flag(int fd) {
  char data[100];
  while (running) {
    int n = recv(fd, data, sizeof data, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0) {
      perror("recv");
      break;
    }
    if (n == 0)
      continue;
    process(data);
  }
}

void good_until_flag(int fd) {
  char data[100];
  while (running) {
    int n = recv(fd, data, sizeof data, 0);
    if (n <= 0) {
      running = false;
      continue;
    }
    process(data);
  }
}

// The `break` only leaves the switch.
void bad_switch(int fd) {
  char c;
  for (;;) {
    switch (read(fd, &c, 1)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'read' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    case 0:
      break;
    case -1:
      return;
    default:
      process(&c);
    }
  }
}

void good_switch(int fd) {
  char c;
  for (;;) {
    switch (read(fd, &c, 1)) {
    case 0:
    case -1:
      return;
    default:
      process(&c);
    }
  }
}

// The inner loop is left, and comes back at once.
void bad_inner(int fd) {
  char c;
  for (;;) {
    while (recv(fd, &c, 1, 0) > 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
      process(&c);
  }
}

// Each turn has its own.
void good_inner(int listening) {
  char c;
  for (;;) {
    int fd = accept(listening, 0, 0);
    while (recv(fd, &c, 1, 0) > 0)
      process(&c);
    close(fd);
  }
}

// Who gets the number may know.
void told(int fd) {
  char data[100];
  for (;;) {
    int n = recv(fd, data, sizeof data, 0);
    handle(data, n);
  }
}

// Or asks.
void asked(int fd) {
  char data[100];
  while (!is_done(fd)) {
    int n = recv(fd, data, sizeof data, 0);
    if (n > 0)
      process(data);
  }
}

// A file that grows.
void follows(int fd) {
  char c;
  for (;;) {
    if (read(fd, &c, 1) <= 0) {
      sleep(1);
      continue;
    }
    process(&c);
  }
}

// It isn't for ever.
void counted(int fd) {
  char c;
  int empty = 0;
  while (empty < 5) {
    int n = recv(fd, &c, 1, 0);
    if (n == 0)
      ++empty;
    else
      process(&c);
  }
}

// Packets may be empty.
void packets(int fd, struct sockaddr *from, socklen_t *size) {
  char data[100];
  for (;;) {
    int n = recv(fd, data, sizeof data, 0);
    if (n > 0)
      process(data);
    if (recvfrom(fd, data, sizeof data, 0, from, size) < 0)
      return;
  }
}

// Nothing ends a pipe of one's own.
void woken(int wake_fd, int pipes[2]) {
  char c;
  for (;;) {
    if (read(wake_fd, &c, 1) > 0)
      process(&c);
    if (read(pipes[0], &c, 1) > 0)
      process(&c);
  }
}

void bad_write(int fd, const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = write(fd, data, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'write' returns -1 when it fails, and nothing leaves the loop then; it fails again for ever [leak-endless-loop]
    if (n < 0)
      continue;
    data += n;
    size -= n;
  }
}

void good_write(int fd, const char *data, size_t size) {
  while (size > 0) {
    ssize_t n = write(fd, data, size);
    if (n < 0) {
      if (errno == EINTR)
        continue;
      return;
    }
    data += n;
    size -= n;
  }
}

void bad_directory(const char *path) {
  char data[100];
  int file = open(path, O_RDONLY);
  long n;
  while ((n = read(file, data, sizeof data)) != 0) {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'read' returns -1 when it fails, and nothing leaves the loop then; it fails again for ever [leak-endless-loop]
    if (n > 0)
      process(data);
  }
}

// What can't be written any more, has nothing to be read either.
void good_echo(int fd) {
  char data[100];
  long n;
  while ((n = read(fd, data, sizeof data)) != 0)
    write(fd, data, n);
}

// What was reset, is at its end then.
void good_reset(int listening) {
  char data[100];
  int client = accept(listening, 0, 0);
  long n;
  while ((n = read(client, data, sizeof data)) != 0) {
    if (n > 0)
      process(data);
  }
}

// It does something else meanwhile, and doesn't wait.
void polled(int fd) {
  char data[100];
  for (;;) {
    int n = recv(fd, data, sizeof data, MSG_DONTWAIT);
    if (n == 0)
      return;
    if (n > 0)
      process(data);
  }
}

void bad_lines(FILE *file) {
  char line[100];
  while (!feof(file)) {
    fgets(line, sizeof line, file);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'fgets' fails, 'feof(file)' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    process(line);
  }
}

void good_lines(FILE *file) {
  char line[100];
  while (fgets(line, sizeof line, file))
    process(line);
}

void good_error(FILE *file) {
  char line[100];
  while (!feof(file) && !ferror(file)) {
    fgets(line, sizeof line, file);
    process(line);
  }
}

char *bad_slurp(FILE *file) {
  size_t size = 0;
  char *text = 0;
  do {
    char *more = realloc(text, size + 4096);
    if (!more) {
      free(text);
      return 0;
    }
    text = more;
    size += fread(text + size, 1, 4095, file);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: when 'fread' fails, 'feof(file)' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
  } while (!feof(file));
  text[size] = 0;
  return text;
}

void bad_characters(FILE *file) {
  for (;;) {
    int c = fgetc(file);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'fgetc' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (c == '\n')
      process("line");
  }
}

int bad_unless_null(FILE *file, bool *ended) {
  char line[100];
  for (;;) {
    const char *got = fgets(line, sizeof line, file);
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: when 'fgets' fails, 'feof(file)' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    size_t size = got ? strlen(got) : 0;
    *ended = feof(file);
    if (*ended || (size && got[size - 1] == '\n'))
      return 0;
  }
}

// What reads is the project's own.
char *read_entry(char *buffer, int size, FILE *file);

void bad_entries(FILE *file) {
  char buffer[100];
  while (!feof(file)) {
    if (read_entry(buffer, sizeof buffer, file)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: when 'read_entry' fails, 'feof(file)' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
      if (buffer[0] == '#')
        continue;
      process(buffer);
    }
  }
}

void good_entries(FILE *file) {
  char buffer[100];
  while (!feof(file)) {
    if (!read_entry(buffer, sizeof buffer, file))
      break;
    process(buffer);
  }
}
