// The C++ standard library's task handles, from the real headers.
//
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20
// RUN: %check_leaks %s leak-unjoined-thread --host=analyzer
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx --host=tidy,analyzer %}

#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

void work();
int compute();

// std::thread: std::terminate

void badThread(bool Ready) {
  std::thread Worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (!Ready)
    return;
  Worker.join();
}

void goodThread(bool Ready) {
  std::thread Worker(work);
  if (Ready)
    Worker.join();
  else
    Worker.detach();
}

void badAssigned() {
  std::thread Worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} is still joinable when it is assigned to on this path; std::terminate is called [leak-unjoined-thread]
  Worker = std::thread(work);
  Worker.join();
}

void goodAssigned() {
  std::thread Worker;
  Worker = std::thread(work);
  if (Worker.joinable())
    Worker.join();
}

void badJoinedTwice() {
  std::thread Worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} is joined after it was detached; an exception is thrown [leak-unjoined-thread]
  Worker.detach();
  Worker.join();
}

void goodOwned() {
  auto Worker = std::make_unique<std::thread>(work);
  Worker->join();
}

void badMany(bool Ready) {
  std::vector<std::thread> Workers;
  Workers.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} still holds joinable threads when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (!Ready)
    return;
  for (std::thread &Worker : Workers)
    Worker.join();
}

void goodMany() {
  std::vector<std::thread> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work);
  for (std::thread &Worker : Workers)
    Worker.join();
}

class BadMember {
  std::thread Worker{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { Worker.join(); }

private:
  std::thread Worker{work};
};

std::thread goodReturned() {
  std::thread Worker(work);
  return Worker;
}

void goodMoved(std::vector<std::thread> &Out) {
  std::thread Worker(work);
  Out.push_back(std::move(Worker));
}

// std::jthread joins by itself.

#ifdef __cpp_lib_jthread
void goodJthread(bool Ready) {
  std::jthread Worker(work);
  if (Ready)
    Worker.request_stop();
}

class GoodJthreadMember {
  std::jthread Worker{work};
};

void goodJthreadJoined() {
  std::jthread Worker(work);
  Worker.join();
}
#endif

// The future of std::async waits for its execution; it leaks no handle.

int goodAsync(bool Ready) {
  std::future<int> Result = std::async(std::launch::async, compute);
  if (!Ready)
    return 0;
  return Result.get();
}

void goodAsyncDropped() {
  std::vector<std::future<int>> Results;
  Results.push_back(std::async(compute));
}

void goodPackaged() {
  std::packaged_task<int()> Task(compute);
  std::future<int> Result = Task.get_future();
  std::thread Worker(std::move(Task));
  Worker.join();
  Result.get();
}

