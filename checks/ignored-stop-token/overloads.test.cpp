// Another overload takes the token.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++20

#include <stop_token>
#include <string>

bool fetch(const std::string &url);
bool fetch(const std::string &url, std::stop_token token);

void bad(const std::string &url, std::stop_token token) {
  while (!token.stop_requested())
    fetch(url);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'token' isn't handed on to 'fetch', which could be stopped by it [leak-ignored-stop-token]
  // CHECK-FIXES: fetch(url, token);
}

class Client {
public:
  void query();
  void query(std::stop_token token);
  void badMethod(std::stop_token token) {
    if (!token.stop_requested())
      query();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'token' isn't handed on to 'query'
    // CHECK-FIXES: query(token);
  }
};

void good(const std::string &url, std::stop_token token) {
  while (!token.stop_requested())
    fetch(url, token);
}

// It has no token.
void goodNone(const std::string &url) { fetch(url); }

// What ends at once needs none.
inline int add(int a) { return a + 1; }
int add(int a, std::stop_token token);
int goodShort(std::stop_token token) { return add(token.stop_requested()); }

// It does something else.
long count(const std::string &);
int count(const std::string &, std::stop_token token);
void goodOther(const std::string &url, std::stop_token token) {
  if (!token.stop_requested())
    count(url);
}

// The other one doesn't look.
void save(int);
void save(int value, std::stop_token) { save(value); }
void goodIgnored(std::stop_token token) {
  if (!token.stop_requested())
    save(1);
}

// The overload itself.
void load(int);
void load(int value, std::stop_token token) {
  if (!token.stop_requested())
    load(value);
}
