// A search that begins at what it has found finds it again.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

void use(const std::string &text);
void change(std::string &text);
void mark(char *at);

int bad_count(const std::string &text) {
  int count = 0;
  std::size_t at = 0;
  while ((at = text.find("ab", at)) != std::string::npos)
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this begins where 'at' is, and finds the same place again; nothing moves it on, and the loop goes round for ever [leak-endless-loop]
    ++count;
  return count;
}

void bad_in_body(std::string_view text, std::vector<std::size_t> &found) {
  std::size_t at = text.find(',');
  while (at != std::string_view::npos) {
    found.push_back(at);
    at = text.find(',', at);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this begins where 'at' is
  }
}

int bad_from_the_beginning(const std::string &text) {
  int count = 0;
  std::size_t at = text.find(',');
  while (at != std::string::npos) {
    ++count;
    use(text);
    at = text.find(',');
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this begins where 'at' is
  }
  return count;
}

int bad_bytes(const char *bytes) {
  int count = 0;
  while ((bytes = std::strstr(bytes, "ab")) != nullptr)
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: this begins where 'bytes' is
    count++;
  return count;
}

int bad_bytes_in_body(const char *line) {
  int count = 0;
  const char *comma = std::strchr(line, ',');
  while (comma) {
    count++;
    comma = std::strchr(comma, ',');
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: this begins where 'comma' is
  }
  return count;
}

int good_count(const std::string &text) {
  int count = 0;
  std::size_t at = 0;
  while ((at = text.find("ab", at)) != std::string::npos) {
    ++count;
    at += 2;
  }
  return count;
}

int good_next(const std::string &text) {
  int count = 0;
  std::size_t at = text.find(',');
  while (at != std::string::npos) {
    ++count;
    at = text.find(',', at + 1);
  }
  return count;
}

void good_takes_out(std::string &text) {
  std::size_t at;
  while ((at = text.find("\r")) != std::string::npos)
    text.erase(at, 1);
  while ((at = text.find('\t')) != std::string::npos)
    text[at] = ' ';
  while ((at = text.find('x')) != std::string::npos)
    change(text);
  while ((at = text.find('y')) != std::string::npos)
    text = text.substr(at + 1);
}

void good_through_a_reference(std::string text) {
  std::size_t at = 0;
  while ((at = text.find('\t', at)) != std::string::npos) {
    char &byte = text[at];
    byte = ' ';
  }
}

void good_first(const std::string &text) {
  std::size_t at = 0;
  while ((at = text.find("ab", at)) != std::string::npos) {
    use(text);
    if (text.size() > 10)
      break;
  }
}

void good_writes(char *line) {
  char *at = line;
  while ((at = std::strchr(at, ',')) != nullptr)
    *at = ' ';
  while ((line = std::strchr(line, ';')) != nullptr)
    mark(line);
}

int good_bytes(const char *bytes) {
  int count = 0;
  while ((bytes = std::strstr(bytes, "ab")) != nullptr) {
    count++;
    bytes += 2;
  }
  return count;
}

int good_until(const char *bytes, const char *end) {
  int count = 0;
  while ((bytes = std::strchr(bytes, ',')) != nullptr && count < 3)
    count++;
  return count;
}

class Text {
public:
  // Who is called may change it.
  void good_member() {
    std::size_t at = 0;
    while ((at = text_.find(',', at)) != std::string::npos)
      next();
  }

private:
  void next();
  std::string text_;
};
