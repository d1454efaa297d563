// Notes and fix-its.
//
// RUN: %check_leaks %s leak-detached-thread -- -std=c++17

#include <memory>
#include <thread>

void serve(int, const char *);

void byValue(int client, const char *name) {
  std::thread([&client, &name] { serve(client, name); }).detach();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: this detached thread refers to the parameter 'client' of 'byValue', which doesn't wait for it; it may use 'client' when that is gone [leak-detached-thread]
  // CHECK-NOTES: :[[@LINE-2]]:17: note: 'client' is captured by reference here
  // CHECK-NOTES: :[[@LINE-3]]:26: note: 'name' is captured by reference here
  // CHECK-NOTES: :[[@LINE-4]]:3: note: detached here
  // CHECK-FIXES: std::thread([client, name] { serve(client, name); }).detach();
}

class Session : public std::enable_shared_from_this<Session> {
public:
  void start() {
    std::thread t([this] { serve(fd, ""); });
    // CHECK-NOTES: :[[@LINE-1]]:17: warning: this detached thread uses 'fd' of the 'Session' that starts it, whose destructor doesn't wait for it; it may use the object when that is gone [leak-detached-thread]
    // CHECK-NOTES: :[[@LINE-2]]:20: note: the object is given here
    // CHECK-NOTES: :[[@LINE+4]]:5: note: detached here
    // CHECK-NOTES: :[[@LINE+5]]:3: note: the destructor doesn't wait
    // CHECK-FIXES: std::thread t([this, self = shared_from_this()] { serve(fd, ""); });

    t.detach();
  }
  ~Session() { fd = -1; }

private:
  int fd = 0;
};
