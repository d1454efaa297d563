// A local handle that owns no thread is joined or detached: an exception is thrown.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <thread>
#include <utility>
#include <vector>

void work();
void start_somehow(std::thread &);

void good_started() {
  std::thread worker;
  worker = std::thread(work);
  worker.join();
}

void bad_on_one_path(bool wanted) {
  std::thread worker;
  if (wanted)
    worker = std::thread(work);
  work();
  worker.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'worker' owns no thread when it is joined on this path; an exception is thrown [leak-unjoined-thread]
}

void good_on_one_path(bool wanted) {
  std::thread worker;
  if (wanted)
    worker = std::thread(work);
  work();
  if (wanted)
    worker.join();
}

void good_asked(bool wanted) {
  std::thread worker;
  if (wanted)
    worker = std::thread(work);
  work();
  if (worker.joinable())
    worker.join();
}

void bad_detached(bool wanted) {
  std::thread worker;
  if (wanted)
    worker = std::thread(work);
  worker.detach();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'worker' owns no thread when it is detached on this path; an exception is thrown [leak-unjoined-thread]
}

void good_detached() {
  std::thread worker(work);
  worker.detach();
}

void good_started_elsewhere() {
  std::thread worker;
  start_somehow(worker);
  worker.join();
}

void good_swapped() {
  std::thread first(work), second;
  first.swap(second);
  second.join();
}

void good_moved() {
  std::thread first(work), second;
  second = std::move(first);
  second.join();
}

void good_joined_in_loop(int n) {
  std::thread worker;
  for (int i = 0; i < n; ++i) {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }
  if (worker.joinable())
    worker.join();
}

void good_parameter(std::thread worker) { worker.join(); }

void good_vector() {
  std::vector<std::thread> pool;
  for (auto &t : pool)
    t.join();
}
