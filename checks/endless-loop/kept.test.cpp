// What was read before stays as it is, when nothing comes.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

bool stopped();

bool bad_line(int fd, std::string &line) {
  char c;
  while (true) {
    auto n = read(fd, &c, 1);
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'read' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n == -1)
      return false;
    if (c == '\n' || c == '\r')
      break;
    line += c;
  }
  return true;
}

void bad_while(int fd, std::string &line) {
  char c = 0;
  while (c != '\n') {
    recv(fd, &c, 1, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    line += c;
  }
}

void bad_do(int fd, std::string &line) {
  char c;
  do {
    if (recv(fd, &c, 1, 0) < 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
      return;
    line += c;
  } while (c != '\n');
}

void bad_answer(int fd) {
  char answer[100];
  while (1) {
    recv(fd, answer, sizeof(answer), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (strcmp(answer, "ok") == 0)
      break;
  }
}

void bad_cleared(int fd) {
  while (1) {
    char answer[100];
    memset(answer, 0, sizeof(answer));
    recv(fd, answer, sizeof(answer), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (strcmp(answer, "ok") == 0)
      break;
  }
}

void bad_empty_first(int fd) {
  while (1) {
    char answer[100] = {0};
    recv(fd, answer, sizeof(answer), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (!strcmp(answer, "ok"))
      break;
  }
}

void bad_collected(int fd, std::string &head) {
  char some[100];
  while (head.find("\r\n\r\n") == std::string::npos) {
    ssize_t n = recv(fd, some, sizeof(some), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return;
    head.append(some, n);
  }
}

void bad_until_full(int fd, std::string &body, size_t size) {
  char some[100];
  while (body.size() < size) {
    ssize_t n = recv(fd, some, sizeof(some), 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return;
    body.append(some, n);
  }
}

void bad_keys(std::string &line) {
  while (true) {
    int c = getchar();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'getchar' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (c == '\n')
      break;
    line += static_cast<char>(c);
  }
}

void bad_words(std::vector<std::string> &all) {
  std::string word;
  while (word != "quit") {
    std::getline(std::cin, word);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'getline' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    all.push_back(word);
  }
}

void bad_beginning() {
  std::string word;
  while (word != "quit") {
    std::getline(std::cin, word);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'getline' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (word.size() > 3)
      std::cout << word.substr(0, 3);
  }
}

// It throws when there is nothing.
void good_rest() {
  std::string word;
  while (word != "quit") {
    std::getline(std::cin, word);
    std::cout << word.substr(3);
  }
}

// A letter 0 is one more.
void good_letters(int fd, std::string &body) {
  char some[100];
  while (body.size() < 100) {
    ssize_t n = recv(fd, some, sizeof(some), 0);
    if (n < 0)
      return;
    body.append(10, '\0');
  }
}

bool good_line(int fd, std::string &line) {
  char c;
  while (true) {
    if (read(fd, &c, 1) <= 0)
      return false;
    if (c == '\n')
      return true;
    line += c;
  }
}

void good_set_before(int fd, std::string &line) {
  char c;
  while (true) {
    c = '\n';
    read(fd, &c, 1);
    if (c == '\n')
      break;
    line += c;
  }
}

void good_limited(int fd, std::string &line) {
  char c;
  while (line.size() < 100) {
    read(fd, &c, 1);
    if (c == '\n')
      break;
    line += c;
  }
}

void good_empty_is_the_end(int fd) {
  while (1) {
    char answer[100] = "";
    recv(fd, answer, sizeof(answer), 0);
    if (strcmp(answer, "ok"))
      break;
  }
}

void good_next_element(int fd) {
  char line[100];
  int at = 0;
  while (1) {
    recv(fd, &line[at], 1, 0);
    if (line[at] == '\n')
      break;
    ++at;
  }
}

void good_taken_away(int fd) {
  char answer[100];
  while (1) {
    recv(fd, answer, sizeof(answer), 0);
    if (!answer[0])
      break;
    answer[0] = 0;
  }
}

void good_stopped(int fd) {
  char answer[100];
  while (!stopped()) {
    recv(fd, answer, sizeof(answer), 0);
    if (answer[0] == 'q')
      break;
  }
}

// The end of the count is asked for at the end of the turn.
bool bad_whole(int fd, char *into, int size) {
  int total = 0;
  do {
    int n = recv(fd, into + total, size - total, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'recv' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  } while (total < size);
  return true;
}

bool good_whole(int fd, char *into, int size) {
  int total = 0;
  do {
    int n = recv(fd, into + total, size - total, 0);
    if (n <= 0)
      return false;
    total += n;
  } while (total < size);
  return true;
}

// A function that only calls it.
static int receive(int fd, char *into, int size) {
  return recv(fd, into, size, 0);
}

class Socket {
public:
  int receive(char *into, int size) { return ::recv(fd, into, size, 0); }
  virtual int read(char *into, int size) { return ::recv(fd, into, size, 0); }

private:
  int fd;
};

bool bad_wrapped(int fd, char *into, int size) {
  int total = 0;
  while (total < size) {
    int n = receive(fd, into + total, size - total);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'receive' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

bool bad_method(Socket &socket, char *into, int size) {
  int total = 0;
  while (total < size) {
    int n = socket.receive(into + total, size - total);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'receive' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}

bool good_wrapped(int fd, char *into, int size) {
  int total = 0;
  while (total < size) {
    int n = receive(fd, into + total, size - total);
    if (n <= 0)
      return false;
    total += n;
  }
  return true;
}

// Which one is called, isn't known.
bool good_virtual(Socket &socket, char *into, int size) {
  int total = 0;
  while (total < size) {
    int n = socket.read(into + total, size - total);
    if (n < 0)
      return false;
    total += n;
  }
  return true;
}
