// What handlers take, and what they throw again.
//
// RUN: %check_leaks %s leak-thread-exception-escape -- -std=c++17

#include <filesystem>
#include <iostream>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

struct NetworkError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Oops {};

void receive();
bool ready();
void receive() {
  if (!ready())
    throw NetworkError("lost");
}

void badNarrow() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      receive();
    } catch (const std::system_error &e) {
      std::cerr << e.what();
    }
  });
  t.join();
}
void badOwnType() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Oops' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      if (!ready())
        throw Oops();
    } catch (const std::exception &e) {
      std::cerr << e.what();
    }
  });
  t.join();
}
void badNumber() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'int' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      if (!ready())
        throw 42;
    } catch (const std::exception &e) {
      std::cerr << e.what();
    }
  });
  t.join();
}
void badAgain() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      receive();
    } catch (...) {
      std::cerr << "failed";
      throw;
    }
  });
  t.join();
}
void badInHandler() {
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'runtime_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      receive();
    } catch (const std::exception &e) {
      throw std::runtime_error("worker failed");
    }
  });
  t.join();
}
void badAroundStart() {
  try {
    std::thread t([] { receive(); });
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    t.join();
  } catch (const std::exception &e) {
    std::cerr << e.what();
  }
}
void badDerivedHandler() {
  struct Worse : NetworkError {
    using NetworkError::NetworkError;
  };
  std::thread t([] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'NetworkError' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      receive();
    } catch (const Worse &) {
    }
  });
  t.join();
}
void badFile(const std::string &path) {
  std::thread t([path] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::filesystem::filesystem_error' can leave the lambda that this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    try {
      std::cout << std::filesystem::file_size(path);
    } catch (const std::bad_alloc &) {
    }
  });
  t.join();
}

void report(const char *text) {
  if (!ready())
    throw NetworkError(text);
}
void goodReportFails() {
  std::thread t([] {
    try {
      receive();
    } catch (const std::exception &e) {
      report(e.what());
    }
  });
  t.join();
}
void goodBase() {
  std::thread t([] {
    try {
      receive();
    } catch (const std::runtime_error &e) {
      std::cerr << e.what();
    }
  });
  t.join();
}
void goodSecondHandler() {
  std::thread t([] {
    try {
      receive();
    } catch (const std::system_error &) {
    } catch (const NetworkError &) {
    }
  });
  t.join();
}
void goodOuter() {
  std::thread t([] {
    try {
      try {
        receive();
      } catch (const std::system_error &) {
      }
    } catch (...) {
    }
  });
  t.join();
}
void goodAgainInside() {
  std::thread t([] {
    try {
      try {
        receive();
      } catch (...) {
        std::cerr << "failed";
        throw;
      }
    } catch (const std::exception &) {
    }
  });
  t.join();
}
void goodOtherRethrow() {
  std::thread t([] {
    try {
      receive();
    } catch (const NetworkError &) {
    } catch (...) {
      throw; // not what is seen to be thrown
    }
  });
  t.join();
}
void goodText() {
  std::thread t([] {
    try {
      if (!ready())
        throw "lost";
    } catch (const char *text) {
      std::cerr << text;
    }
  });
  t.join();
}
void goodNumber() {
  std::thread t([] {
    try {
      if (!ready())
        throw 42;
    } catch (int) {
    }
  });
  t.join();
}
void goodParsing(const std::string &text) {
  std::thread t([text] {
    try {
      std::cout << std::stoi(text);
    } catch (const std::exception &) {
    }
  });
  t.join();
}
void goodErrorCode(const std::string &path) {
  std::thread t([path] {
    std::error_code error;
    std::cout << std::filesystem::file_size(path, error);
  });
  t.join();
}
void functionTry() try { receive(); } catch (...) {
}
void goodFunctionTry() {
  std::thread t(functionTry);
  t.join();
}
