// Loops that join all but one, and containers that lose one.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <array>
#include <map>
#include <thread>
#include <vector>

void work();
using namespace std;

void bad_vector_all_but_one(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  for (int i = 0; i < n - 1; ++i)
    pool[i].join();
}

void good_vector_all(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  for (int i = 0; i < n; ++i)
    pool[i].join();
}

void bad_vector_all_but_first() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  for (int i = 1; i < 8; ++i)
    pool[i].join();
}

void good_vector_first_apart() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  pool[0].join();
  for (int i = 1; i < 8; ++i)
    pool[i].join();
}

void bad_vector_size_minus_one() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  for (size_t i = 0; i < pool.size() - 1; ++i)
    pool[i].join();
}

void good_vector_last_apart() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  for (size_t i = 0; i < pool.size() - 1; ++i)
    pool[i].join();
  pool.back().join();
}

void bad_c_array_all_but_one() {
  thread pool[4];
  for (int i = 0; i < 4; ++i)
    pool[i] = thread(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  for (int i = 0; i < 3; ++i)
    pool[i].join();
}

void good_c_array_all() {
  thread pool[4];
  for (int i = 0; i < 4; ++i)
    pool[i] = thread(work);
  for (int i = 0; i < 4; ++i)
    pool[i].join();
}

// The first one was never started.
void good_c_array_from_one() {
  thread pool[4];
  for (int i = 1; i < 4; ++i)
    pool[i] = thread(work);
  for (int i = 1; i < 4; ++i)
    pool[i].join();
}

// Removed while they run.

void bad_vector_popped() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it is emptied on this path; std::terminate is called [leak-unjoined-thread]
  pool.pop_back();
}

void good_vector_popped() {
  vector<thread> pool;
  pool.emplace_back(work);
  pool.back().join();
  pool.pop_back();
}

void bad_vector_resized() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it is emptied on this path
  pool.resize(0);
}

void good_vector_resized() {
  vector<thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool)
    t.join();
  pool.resize(0);
}

void bad_map_erased() {
  map<int, thread> pool;
  pool[1] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'pool' still holds joinable threads when it is emptied on this path
  pool.erase(1);
}

void good_map_erased() {
  map<int, thread> pool;
  pool[1] = thread(work);
  pool[1].join();
  pool.erase(1);
}

// Filled by braces.

void bad_array_braces() {
  array<thread, 2> pool = {thread(work), thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_array_braces() {
  array<thread, 2> pool = {thread(work), thread(work)};
  for (auto &t : pool)
    t.join();
}
