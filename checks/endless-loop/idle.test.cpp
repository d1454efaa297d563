// Loops that only sleep once they have done what they are there for.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <chrono>
#include <thread>

bool hello();
void work();

enum Result { Success, Failure };
Result download(const char *url);

int badDownload(const char *url) {
  Result result = Failure;
  while (1) {
    if (result == Failure)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: once a turn doesn't take the branch that changes 'result', the loop does nothing any more but sleep, for ever [leak-endless-loop]
      result = download(url);
    std::this_thread::sleep_for(std::chrono::seconds(60));
  }
  return 0;
}

int goodDownload(const char *url) {
  Result result = Failure;
  while (1) {
    if (result == Failure)
      result = download(url);
    else
      break;
    std::this_thread::sleep_for(std::chrono::seconds(60));
  }
  return 0;
}

// It does something each time.
int goodWork(const char *url) {
  Result result = Failure;
  while (1) {
    if (result == Failure)
      result = download(url);
    work();
    std::this_thread::sleep_for(std::chrono::seconds(60));
  }
  return 0;
}

// Who only keeps the thread alive has nothing to return.
void goodIdle(const char *url) {
  Result result = Failure;
  while (1) {
    if (result == Failure)
      result = download(url);
    std::this_thread::sleep_for(std::chrono::seconds(60));
  }
}

int main() {
  bool begun = false;
  while (true) {
    if (!begun)
      begun = hello();
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}
