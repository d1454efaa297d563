// Handles in containers, arrays and smart pointers.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

void work();
bool ready();
using namespace std;

// vector

void bad_vector(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_vector(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  for (thread &t : pool)
    t.join();
}

void bad_vector_push_back() {
  vector<thread> pool;
  pool.push_back(thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_vector_push_back() {
  vector<thread> pool;
  pool.push_back(thread(work));
  pool.back().join();
}

void bad_vector_early_return(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  if (!ready())
    return;
  for (auto &t : pool)
    t.join();
}

void good_vector_early_return(int n) {
  if (!ready())
    return;
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  for (auto &t : pool)
    t.join();
}

void bad_vector_return_in_start_loop(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i) {
    if (!ready())
      return;
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  }
  for (auto &t : pool)
    t.join();
}

void bad_vector_moved_in() {
  vector<thread> pool;
  thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  pool.push_back(std::move(worker));
}

void good_vector_moved_in() {
  vector<thread> pool;
  thread worker(work);
  pool.push_back(std::move(worker));
  for (auto &&t : pool)
    t.join();
}

void bad_vector_cleared(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it is emptied on this path
  pool.clear();
}

void good_vector_cleared(int n) {
  vector<thread> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(work);
  for (auto &t : pool)
    t.join();
  pool.clear();
}

void good_vector_popped() {
  vector<thread> pool;
  pool.emplace_back(work);
  pool.back().join();
  pool.pop_back();
}

void bad_vector_assigned() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it is assigned to on this path
  pool = vector<thread>();
}

void good_vector_index_loop(int n) {
  vector<thread> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  for (int i = 0; i < n; ++i)
    pool[i].join();
}

void bad_vector_index_start(int n) {
  vector<thread> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_vector_at(int n) {
  vector<thread> pool(n);
  for (int i = 0; i < n; ++i)
    pool.at(i) = thread(work);
  for (int i = 0; i < n; ++i)
    pool.at(i).join();
}

void good_vector_iterator() {
  vector<thread> pool;
  pool.emplace_back(work);
  for (auto it = pool.begin(); it != pool.end(); ++it)
    it->join();
}

void good_vector_const_size() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  for (size_t i = 0; i < pool.size(); ++i)
    pool[i].join();
}

void good_vector_reverse_index() {
  vector<thread> pool;
  for (int i = 0; i < 8; ++i)
    pool.emplace_back(work);
  for (int i = 7; i >= 0; --i)
    pool[i].join();
}

void good_vector_while_not_empty() {
  vector<thread> pool;
  pool.emplace_back(work);
  while (!pool.empty()) {
    pool.back().join();
    pool.pop_back();
  }
}

void good_vector_for_each() {
  vector<thread> pool;
  pool.emplace_back(work);
  std::for_each(pool.begin(), pool.end(), [](thread &t) { t.join(); });
}

void good_vector_for_each_mem_fn() {
  vector<thread> pool;
  pool.emplace_back(work);
  std::for_each(pool.begin(), pool.end(), std::mem_fn(&thread::join));
}

void good_vector_ranges_for_each() {
  vector<thread> pool;
  pool.emplace_back(work);
  std::ranges::for_each(pool, &thread::join);
}

void good_vector_if_joinable() {
  vector<thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool)
    if (t.joinable())
      t.join();
}

void bad_vector_loop_over_copy_of_other() {
  vector<thread> pool, other;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  for (auto &t : other)
    t.join();
}

void good_vector_moved_to_local() {
  vector<thread> pool;
  pool.emplace_back(work);
  vector<thread> mine = std::move(pool);
  for (auto &t : mine)
    t.join();
}

void bad_vector_moved_to_local() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'mine' still holds joinable threads when it goes out of scope on this path
  vector<thread> mine = std::move(pool);
}

void good_vector_swapped() {
  vector<thread> pool, mine;
  pool.emplace_back(work);
  mine.swap(pool);
  for (auto &t : mine)
    t.join();
}

void good_vector_std_swapped() {
  vector<thread> pool, mine;
  pool.emplace_back(work);
  std::swap(pool, mine);
  for (auto &t : mine)
    t.join();
}

void good_vector_moves_elements() {
  vector<thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool) {
    thread mine = std::move(t);
    mine.join();
  }
}

static void join_all(vector<thread> &pool) {
  for (auto &t : pool)
    t.join();
}

void good_vector_helper() {
  vector<thread> pool;
  pool.emplace_back(work);
  join_all(pool);
}

static void count(const vector<thread> &pool) {
  (void)pool.size();
}

void bad_vector_helper() {
  vector<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
  count(pool);
}

vector<thread> good_vector_returned() {
  vector<thread> pool;
  pool.emplace_back(work);
  return pool;
}

void good_vector_of_jthread() {
  vector<jthread> pool;
  pool.emplace_back(work);
}

void good_vector_empty() {
  vector<thread> pool;
  pool.reserve(8);
}

void good_vector_alias() {
  vector<thread> pool;
  auto &alias = pool;
  alias.emplace_back(work);
  for (auto &t : alias)
    t.join();
}

void good_vector_lambda() {
  vector<thread> pool;
  pool.emplace_back(work);
  auto finish = [&] {
    for (auto &t : pool)
      t.join();
  };
  finish();
}

void good_vector_spawn_lambda(int n) {
  vector<thread> pool;
  auto spawn = [&pool] { pool.emplace_back(work); };
  for (int i = 0; i < n; ++i)
    spawn();
  for (auto &t : pool)
    t.join();
}

void bad_vector_spawn_lambda(int n) {
  vector<thread> pool;
  auto spawn = [&pool] { pool.emplace_back(work); };
  for (int i = 0; i < n; ++i)
    spawn();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_vector_insert() {
  vector<thread> pool;
  pool.insert(pool.end(), thread(work));
  for (auto &t : pool)
    t.join();
}

void good_vector_erased() {
  vector<thread> pool;
  pool.emplace_back(work);
  pool.begin()->join();
  pool.erase(pool.begin());
}

void good_vector_of_pairs() {
  vector<pair<int, thread>> pool;
  pool.emplace_back(1, thread(work));
  for (auto &[id, t] : pool)
    t.join();
}

struct Slot {
  int id = 0;
  thread t;
};

void good_vector_of_structs(int n) {
  vector<Slot> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i].t = thread(work);
  for (auto &slot : pool)
    slot.t.join();
}

// array and C arrays

void bad_array() {
  std::array<thread, 4> pool;
  for (auto &t : pool)
    t = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_array() {
  std::array<thread, 4> pool;
  for (auto &t : pool)
    t = thread(work);
  for (auto &t : pool)
    t.join();
}

void good_array_braces() {
  std::array<thread, 2> pool = {thread(work), thread(work)};
  pool[0].join();
  pool[1].join();
}

void bad_c_array(bool ok) {
  thread pool[4];
  for (int i = 0; i < 4; ++i)
    pool[i] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_c_array() {
  thread pool[4];
  for (int i = 0; i < 4; ++i)
    pool[i] = thread(work);
  for (int i = 0; i < 4; ++i)
    pool[i].join();
}

void good_c_array_range_for() {
  thread pool[4];
  for (auto &t : pool)
    t = thread(work);
  for (auto &t : pool)
    t.join();
}

void good_c_array_mine_is_slot_zero() {
  thread pool[4];
  for (int i = 1; i < 4; ++i)
    pool[i] = thread(work);
  work();
  for (int i = 1; i < 4; ++i)
    pool[i].join();
}

void bad_c_array_braces() {
  thread pool[] = {thread(work), thread(work)};
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_c_array_braces() {
  thread pool[] = {thread(work), thread(work)};
  for (auto &t : pool)
    t.join();
}

void bad_c_array_new(int n) {
  thread *pool = new thread[n];
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the thread is still joinable when it goes out of scope on this path
  delete[] pool;
}

void good_c_array_new(int n) {
  thread *pool = new thread[n];
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  for (int i = 0; i < n; ++i)
    pool[i].join();
  delete[] pool;
}

// deque, list, map

void bad_deque() {
  deque<thread> pool;
  pool.emplace_front(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_deque() {
  deque<thread> pool;
  pool.emplace_front(work);
  while (!pool.empty()) {
    pool.front().join();
    pool.pop_front();
  }
}

void bad_list() {
  list<thread> pool;
  pool.emplace_back(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_list() {
  list<thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool)
    t.join();
}

void good_list_spliced() {
  list<thread> pool, finished;
  pool.emplace_back(work);
  finished.splice(finished.end(), pool);
  for (auto &t : finished)
    t.join();
}

void bad_map() {
  map<int, thread> pool;
  pool.emplace(1, thread(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void bad_map_subscript() {
  map<string, thread> pool;
  pool["a"] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_map_erased() {
  map<int, thread> pool;
  pool[1] = thread(work);
  pool[1].join();
  pool.erase(1);
}

void good_map_found_and_erased() {
  map<int, thread> pool;
  pool[1] = thread(work);
  auto it = pool.find(1);
  if (it != pool.end()) {
    it->second.join();
    pool.erase(it);
  }
}

void bad_unordered_map() {
  unordered_map<int, thread> pool;
  pool.try_emplace(1, work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

// unique_ptr. The one that is only made is in libstdcxx.test.cpp: libc++ 19's
// make_unique is not followed to its end.

void good_unique_ptr() {
  auto worker = make_unique<thread>(work);
  worker->join();
}

void good_unique_ptr_tested(bool start) {
  unique_ptr<thread> worker;
  if (start)
    worker.reset(new thread(work));
  if (worker)
    worker->join();
}

void good_unique_ptr_reset() {
  auto worker = make_unique<thread>(work);
  worker->join();
  worker.reset();
}

void good_unique_ptr_moved() {
  auto worker = make_unique<thread>(work);
  auto other = std::move(worker);
  other->join();
}

void bad_unique_ptr_array(int n) {
  auto pool = make_unique<thread[]>(n);
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the thread is still joinable when it goes out of scope on this path
}

void good_unique_ptr_array(int n) {
  auto pool = make_unique<thread[]>(n);
  for (int i = 0; i < n; ++i)
    pool[i] = thread(work);
  for (int i = 0; i < n; ++i)
    pool[i].join();
}

struct Joiner {
  void operator()(thread *t) const {
    t->join();
    delete t;
  }
};

void good_unique_ptr_deleter_joins() {
  unique_ptr<thread, Joiner> worker(new thread(work));
}

struct Forgetter {
  void operator()(thread *t) const { delete t; }
};

void good_unique_ptr_of_jthread() {
  auto worker = make_unique<jthread>(work);
}

// new and delete

void bad_raw_deleted() {
  thread *worker = new thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the thread is still joinable when it goes out of scope on this path
  delete worker;
}

void good_raw_deleted() {
  thread *worker = new thread(work);
  worker->join();
  delete worker;
}

void bad_raw_lost() {
  thread *worker = new thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the thread started here is neither joined nor detached on this path
}

void bad_raw_dropped() {
  new thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the thread started here is neither joined nor detached on this path
}

void bad_raw_early_return() {
  auto *worker = new thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the thread started here is neither joined nor detached on this path
  if (!ready())
    return;
  worker->join();
  delete worker;
}

void good_raw_detached() {
  thread *worker = new thread(work);
  worker->detach();
  delete worker;
}

void bad_raw_overwritten() {
  thread *worker = new thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the thread started here is neither joined nor detached on this path
  worker = new thread(work);
  worker->join();
  delete worker;
}

// shared_ptr

void good_shared_ptr() {
  auto worker = make_shared<thread>(work);
  worker->join();
}

void good_shared_ptr_copied() {
  auto worker = make_shared<thread>(work);
  auto copy = worker;
  copy->join();
}

void good_shared_ptr_deleter_joins() {
  shared_ptr<thread> worker(new thread(work), [](thread *t) {
    t->join();
    delete t;
  });
}

// optional

void good_optional() {
  optional<thread> worker(work);
  worker->join();
}

void bad_optional_emplaced(bool start) {
  optional<thread> worker;
  if (start)
    worker.emplace(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' is still joinable when it goes out of scope on this path
}

void good_optional_emplaced(bool start) {
  optional<thread> worker;
  if (start)
    worker.emplace(work);
  if (worker)
    worker->join();
}

void good_optional_has_value(bool start) {
  optional<thread> worker;
  if (start)
    worker.emplace(work);
  if (worker.has_value())
    worker.value().join();
}

void good_optional_reset() {
  optional<thread> worker(work);
  (*worker).join();
  worker.reset();
}

// containers of those

void bad_vector_of_unique_ptr() {
  vector<unique_ptr<thread>> pool;
  pool.push_back(make_unique<thread>(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_vector_of_unique_ptr() {
  vector<unique_ptr<thread>> pool;
  pool.push_back(make_unique<thread>(work));
  for (auto &t : pool)
    t->join();
}

void good_vector_of_unique_ptr_get() {
  vector<unique_ptr<thread>> pool;
  pool.push_back(make_unique<thread>(work));
  for (auto &t : pool)
    t.get()->join();
}

void bad_vector_of_shared_ptr(int n) {
  vector<shared_ptr<thread>> pool;
  for (int i = 0; i < n; ++i)
    pool.emplace_back(make_shared<thread>(work));
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pool' still holds joinable threads when it goes out of scope on this path
}

void good_vector_of_shared_ptr(int n) {
  vector<shared_ptr<thread>> pool;
  for (int i = 0; i < n; ++i) {
    shared_ptr<thread> t(new thread(work));
    pool.push_back(t);
  }
  for (size_t i = 0; i < pool.size(); ++i)
    pool[i]->join();
}

void good_vector_of_raw(int n) {
  vector<thread *> pool;
  for (int i = 0; i < n; ++i)
    pool.push_back(new thread(work));
  for (thread *t : pool) {
    t->join();
    delete t;
  }
}

void good_map_of_unique_ptr() {
  map<int, unique_ptr<thread>> pool;
  pool[1] = make_unique<thread>(work);
  for (auto &[id, t] : pool)
    t->join();
}

void good_vector_of_optional() {
  vector<optional<thread>> pool(1);
  pool[0].emplace(work);
  for (auto &t : pool)
    if (t)
      t->join();
}

void good_vector_of_vectors() {
  vector<vector<thread>> pool(2);
  pool[0].emplace_back(work);
  for (auto &row : pool)
    for (auto &t : row)
      t.join();
}
