// What is kept, used or waited for.
//
// RUN: %check_leaks %s leak-discarded-handle -std=c++20 --silent

#include <condition_variable>
#include <future>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

void work();
void more();
int compute(int);
std::future<int> unknown();
std::mutex m;
std::condition_variable cv;
int shared;

// The mends.
void named(std::stop_token stop) {
  auto future = std::async(std::launch::async, work);
  std::jthread task{work};
  std::lock_guard<std::mutex> lock{m};
  std::stop_callback callback(stop, [] { work(); });
  more();
}

void placeholder() {
  auto &&_ = std::async(std::launch::async, work);
  more();
}

// Used in the same statement.
void inPlace() {
  std::async(std::launch::async, compute, 1).get();
  std::async(std::launch::async, work).wait();
  std::thread(work).detach();
  std::jthread(work).join();
  std::jthread(work).detach();
}

void commas() {
  std::lock_guard<std::mutex>{m}, ++shared;
  std::scoped_lock{m}, more();
  std::async(std::launch::async, work), more();
}

// Futures that wait for nothing.
std::future<int> promised() {
  std::promise<int> promise;
  promise.set_value(1);
  return promise.get_future();
}

void ofPromises() {
  promised();
  unknown();
  std::promise<int> promise;
  promise.get_future();
  std::packaged_task<int()> task([] { return 1; });
  task.get_future();
}

// They run beside each other.
void many(int n) {
  std::vector<std::future<int>> all;
  for (int i = 0; i != n; ++i)
    all.push_back(std::async(std::launch::async, compute, i));
  for (int i = 0; i != n; ++i) {
    auto each = std::async(std::launch::async, compute, i);
    more(); // beside it
  }
  for (int i = 0; i != n; ++i) {
    auto each = std::async(std::launch::async, compute, i);
    all.push_back(std::move(each));
  }
  std::future<int> last;
  for (int i = 0; i != n; ++i) {
    more(); // beside the turn before
    last = std::async(std::launch::async, compute, i);
  }
  for (int i = 0; i != n; ++i) {
    last = std::async(std::launch::async, compute, i);
    all.push_back(std::move(last));
  }
  if (n)
    last = std::async(std::launch::async, compute, n);
}

// Who takes a lock and gives it back waits for whoever holds it.
void barrier() {
  shared = 1;
  std::lock_guard<std::mutex>{m};
  cv.notify_all();
}

void untilTheOtherIsDone() { std::lock_guard<std::mutex>{m}; }

bool untilTheOtherIsDoneThenTrue() {
  std::lock_guard<std::mutex>{m};
  return true;
}

void scopeOnly() {
  { std::unique_lock<std::mutex>{m}; }
  more();
}

// Guards that are not asked to lock, or whose lock is asked for.
void others() {
  std::unique_lock<std::mutex>(m, std::defer_lock).lock();
  if (std::unique_lock<std::mutex>(m, std::try_to_lock).owns_lock())
    more();
  std::unique_lock<std::mutex> empty;
  std::unique_lock<std::mutex> braces{};
  std::unique_lock<std::mutex>(later);
  later = std::unique_lock<std::mutex>(m);
}

std::unique_lock<std::mutex> returned() {
  return std::unique_lock<std::mutex>(m);
}
std::unique_lock<std::mutex> waited(std::unique_lock<std::mutex> lock) {
  cv.wait(lock);
  return lock;
}
void gaveItsOwn() {
  waited(std::unique_lock<std::mutex>(m));
  more();
}

// What a template doesn't know.
template <typename T> void any() {
  T{m};
  more();
}
