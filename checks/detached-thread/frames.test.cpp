// Detached threads that use local variables of who starts them.
//
// RUN: %check_leaks %s leak-detached-thread -- -std=c++17

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

void use(int);
void use(const std::string &);
void fill(std::vector<int> &);
void fillText(const char *);
void fillPointer(int *);
bool parse(std::string &);

void badByReference() {
  int n = 1;
  std::thread([&n] { use(n); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'n' of 'badByReference', which doesn't wait for it; it may use 'n' when that is gone [leak-detached-thread]
}
void badByDefault(int n) {
  std::string name = "x";
  std::thread t([&] { use(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the local variable 'name' of 'badByDefault', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
  t.detach();
}
void badParameter(std::string name) {
  std::thread t([&name] { use(name); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the parameter 'name' of 'badParameter', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
  t.detach();
}
void badRef() {
  std::vector<int> data;
  std::thread(fill, std::ref(data)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'data' of 'badRef', which doesn't wait for it; it may use 'data' when that is gone [leak-detached-thread]
}
void badAddress() {
  int n = 0;
  std::thread(fillPointer, &n).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'n' of 'badAddress', which doesn't wait for it; it may use 'n' when that is gone [leak-detached-thread]
}
void badBind() {
  int n = 0;
  std::thread(std::bind(fillPointer, &n)).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'n' of 'badBind', which doesn't wait for it; it may use 'n' when that is gone [leak-detached-thread]
}
void badText(int n) {
  std::string text = std::to_string(n);
  std::thread(fillText, text.c_str()).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'text' of 'badText', which doesn't wait for it; it may use 'text' when that is gone [leak-detached-thread]
}
void badArray(int n) {
  char text[16] = {};
  std::thread(fillText, text).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'text' of 'badArray', which doesn't wait for it; it may use 'text' when that is gone [leak-detached-thread]
}
void badInitCapture() {
  int n = 0;
  std::thread([p = &n] { use(*p); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'n' of 'badInitCapture', which doesn't wait for it; it may use 'n' when that is gone [leak-detached-thread]
}
void badAlias() {
  std::vector<int> data;
  auto &same = data;
  std::thread([&same] { fill(same); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'data' of 'badAlias', which doesn't wait for it; it may use 'data' when that is gone [leak-detached-thread]
}
void badVariable() {
  std::vector<int> data;
  auto work = [&data] { fill(data); };
  std::thread t(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the local variable 'data' of 'badVariable', which doesn't wait for it; it may use 'data' when that is gone [leak-detached-thread]
  t.detach();
}
struct Func {
  int &i;
  explicit Func(int &i) : i(i) {}
  void operator()() { ++i; }
};
void badFunctor() {
  int local = 0;
  Func func(local);
  std::thread t(func);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the local variable 'local' of 'badFunctor', which doesn't wait for it; it may use 'local' when that is gone [leak-detached-thread]
  t.detach();
}
void badFunctorTemporary() {
  int local = 0;
  std::thread t{Func(local)};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the local variable 'local' of 'badFunctorTemporary', which doesn't wait for it; it may use 'local' when that is gone [leak-detached-thread]
  t.detach();
}
struct Copy {
  int i;
  explicit Copy(int &i) : i(i) {}
  void operator()() { ++i; }
};
void goodFunctorCopies() {
  int local = 0;
  std::thread t{Copy(local)};
  t.detach();
}
void goodFunctorOfCaller(int &outer) {
  std::thread t{Func(outer)};
  t.detach();
}
int accept();
void badTurn() {
  for (;;) {
    int client = accept();
    std::thread([&] { use(client); }).detach();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread refers to the local variable 'client' of 'badTurn', which doesn't wait for it; it may use 'client' when that is gone [leak-detached-thread]
  }
}
void badContainer() {
  std::string name;
  std::vector<std::thread> all;
  for (int i = 0; i != 3; ++i)
    all.emplace_back([&] { use(name); });
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread refers to the local variable 'name' of 'badContainer', which doesn't wait for it; it may use 'name' when that is gone [leak-detached-thread]
  for (auto &t : all)
    t.detach();
}
void badTimeout() {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::thread t([&] {
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this detached thread refers to the local variable 'm' of 'badTimeout', which doesn't wait for it; it may use 'm' when that is gone [leak-detached-thread]
    std::lock_guard<std::mutex> lock(m);
    done = true;
    cv.notify_one();
  });
  std::unique_lock<std::mutex> lock(m);
  if (cv.wait_for(lock, std::chrono::seconds(5), [&] { return done; })) {
    lock.unlock();
    t.join();
  } else {
    t.detach();
  }
}
bool badGivesUp() {
  std::promise<int> result;
  auto future = result.get_future();
  std::thread([&result] { result.set_value(1); }).detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'result' of 'badGivesUp', which doesn't wait for it; it may use 'result' when that is gone [leak-detached-thread]
  return future.wait_for(std::chrono::seconds(1)) == std::future_status::ready;
}

//===--- Silent: by value, shared, static ---------------------------------===//

void goodByValue(int n, std::string name) {
  std::thread([n, name] { use(n); use(name); }).detach();
}
void goodShared() {
  auto data = std::make_shared<std::vector<int>>();
  std::thread([data] { fill(*data); }).detach();
}
void goodMoved() {
  auto data = std::make_unique<std::vector<int>>();
  std::thread([data = std::move(data)] { fill(*data); }).detach();
}
void goodHeap(int n) {
  std::thread(fillPointer, new int(n)).detach();
}
void goodStatic() {
  static std::vector<int> data;
  std::thread([&] { fill(data); }).detach();
}
std::vector<int> global;
void goodGlobal() {
  std::thread([&] { fill(global); }).detach();
  std::thread(fill, std::ref(global)).detach();
}
void goodCallersObject(std::vector<int> &data) {
  std::thread([&data] { fill(data); }).detach();
}
void goodText() { std::thread(fillText, "text").detach(); }
void goodJoined() {
  int n = 1;
  std::thread t([&n] { use(n); });
  t.join();
}

//===--- Silent: somebody waits -------------------------------------------===//

void goodFuture() {
  std::promise<int> result;
  std::thread([&result] { result.set_value(1); }).detach();
  result.get_future().get();
}
void goodCondition() {
  std::mutex m;
  std::condition_variable cv;
  bool done = false;
  std::thread([&] {
    std::lock_guard<std::mutex> lock(m);
    done = true;
    cv.notify_one();
  }).detach();
  std::unique_lock<std::mutex> lock(m);
  cv.wait(lock, [&] { return done; });
}
void goodFlag() {
  std::atomic<bool> done{false};
  std::thread([&done] { done = true; }).detach();
  while (!done)
    std::this_thread::yield();
}
void goodHandshake() {
  std::string name = "x";
  std::promise<void> taken;
  std::thread([&] {
    std::string own = name;
    taken.set_value();
    use(own);
  }).detach();
  taken.get_future().wait();
}
void waitForAll();
void goodByName() {
  int n = 1;
  std::thread([&n] { use(n); }).detach();
  waitForAll();
}
struct WaitGroup {
  void done();
  ~WaitGroup();
};
void goodGuard() {
  WaitGroup group;
  std::thread([&group] { group.done(); }).detach();
}
void goodEndless() {
  std::string name = "x";
  std::thread([&name] { use(name); }).detach();
  for (;;)
    accept();
}
void goodServer() {
  std::string name = "x";
  while (true) {
    int client = accept();
    std::thread([&name, client] { use(name); use(client); }).detach();
  }
}
void goodTimeoutShared() {
  auto done = std::make_shared<std::promise<void>>();
  auto future = done->get_future();
  std::thread t([done] { done->set_value(); });
  if (future.wait_for(std::chrono::seconds(5)) == std::future_status::ready)
    t.join();
  else
    t.detach();
}
int main() {
  std::string name = "x";
  std::thread([&name] { use(name); }).detach();
  accept();
}
