// One way to escape each: what escapes is not reported.
// RUN: %check_leaks %s leak-unjoined-thread --silent
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --silent --libcxx %}

#include <any>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <queue>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

void work();
bool ready();

void sink_value(std::thread);
void sink_rvalue(std::thread &&);
void sink_reference(std::thread &);
void sink_pointer(std::thread *);
void sink_void(void *);
void sink_any(std::any);
void sink_function(std::function<void()>);
void sink_unique(std::unique_ptr<std::thread>);
void sink_shared(std::shared_ptr<std::thread>);
void sink_vector(std::vector<std::thread> &);
void sink_vector_value(std::vector<std::thread>);
template <class A> void sink_unknown(const A &);
template <class... A> void sink_forward(A &&...a) { (sink_void((void *)&a), ...); }

std::thread good_returned() {
  std::thread worker(work);
  return worker;
}

std::thread good_returned_directly() { return std::thread(work); }

std::thread good_returned_moved(bool ok) {
  std::thread worker(work);
  return std::move(worker);
}

std::pair<std::thread, int> good_returned_in_pair() {
  std::thread worker(work);
  return {std::move(worker), 1};
}

std::unique_ptr<std::thread> good_returned_unique() {
  auto worker = std::make_unique<std::thread>(work);
  return worker;
}

std::thread *good_returned_raw() { return new std::thread(work); }

std::thread *good_released() {
  auto worker = std::make_unique<std::thread>(work);
  return worker.release();
}

void good_sunk_by_value() {
  std::thread worker(work);
  sink_value(std::move(worker));
}

void good_sunk_temporary() { sink_value(std::thread(work)); }

void good_sunk_by_rvalue() {
  std::thread worker(work);
  sink_rvalue(std::move(worker));
}

void good_by_reference() {
  std::thread worker(work);
  sink_reference(worker);
}

void good_by_pointer() {
  std::thread worker(work);
  sink_pointer(&worker);
}

void good_by_void_pointer() {
  std::thread worker(work);
  sink_void(&worker);
}

void good_by_ref_wrapper() {
  std::thread worker(work);
  sink_function(std::bind(sink_reference, std::ref(worker)));
}

void good_forwarded() {
  std::thread worker(work);
  sink_forward(1, worker);
}

void good_captured_by_unknown_callable() {
  std::thread worker(work);
  sink_function([&] { worker.join(); });
}

void good_captured_by_move() {
  std::thread worker(work);
  auto finish = [w = std::move(worker)]() mutable { w.join(); };
  finish();
}

void good_captured_by_move_and_sent() {
  std::thread worker(work);
  sink_forward([w = std::move(worker)]() mutable { w.join(); });
}

void good_captured_by_other_thread() {
  std::thread worker(work);
  std::thread reaper([w = std::move(worker)]() mutable { w.join(); });
  reaper.join();
}

void good_captured_by_reference_by_other_thread() {
  std::thread worker(work);
  std::thread reaper([&worker] { worker.join(); });
  reaper.join();
}

void good_captured_by_async() {
  std::thread worker(work);
  auto done = std::async(std::launch::async, [&worker] { worker.join(); });
  done.get();
}

static std::thread global;
static std::vector<std::thread> globals;
static std::thread *global_pointer;

void good_stored_in_global() {
  std::thread worker(work);
  global = std::move(worker);
}

void good_stored_in_global_vector() {
  std::thread worker(work);
  globals.push_back(std::move(worker));
}

void good_emplaced_in_global_vector() { globals.emplace_back(work); }

void good_address_in_global() {
  std::thread worker(work);
  global_pointer = &worker;
  sink_void(nullptr);
}

void good_join_of_globals() {
  global.join();
  for (auto &t : globals)
    t.join();
}

void good_out_parameter(std::thread &out) {
  std::thread worker(work);
  out = std::move(worker);
}

void good_out_pointer(std::thread *out) {
  *out = std::thread(work);
}

void good_out_vector(std::vector<std::thread> &out) {
  out.emplace_back(work);
}

void good_out_vector_moved(std::vector<std::thread> &out) {
  std::thread worker(work);
  out.push_back(std::move(worker));
}

void good_out_unique(std::unique_ptr<std::thread> &out) {
  out = std::make_unique<std::thread>(work);
}

struct Opaque {
  Opaque(std::thread);
  ~Opaque();
  void *impl;
};

void good_constructor_argument() {
  std::thread worker(work);
  Opaque o(std::move(worker));
}

void good_constructor_temporary() { Opaque o(std::thread{work}); }

struct RefHolder {
  RefHolder(std::thread &);
  ~RefHolder();
};

void good_reference_in_unknown_guard() {
  std::thread worker(work);
  RefHolder guard(worker);
}

void good_unique_sunk() {
  auto worker = std::make_unique<std::thread>(work);
  sink_unique(std::move(worker));
}

void good_shared_sunk() {
  auto worker = std::make_shared<std::thread>(work);
  sink_shared(worker);
}

void good_vector_by_reference() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  sink_vector(pool);
}

void good_vector_sunk() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  sink_vector_value(std::move(pool));
}

void good_vector_element_by_reference() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool)
    sink_reference(t);
}

void good_vector_elements_sunk() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  for (auto &t : pool)
    sink_value(std::move(t));
}

void good_vector_data() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  sink_pointer(pool.data());
}

void good_vector_back() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  sink_reference(pool.back());
}

void good_std_move_algorithm(std::vector<std::thread> &out) {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  std::move(pool.begin(), pool.end(), std::back_inserter(out));
}

void good_array_passed() {
  std::thread pool[2];
  pool[0] = std::thread(work);
  sink_pointer(pool);
}

void good_queue() {
  std::queue<std::thread> pool;
  pool.push(std::thread(work));
  while (!pool.empty()) {
    pool.front().join();
    pool.pop();
  }
}

void good_variant() {
  std::variant<int, std::thread> v = std::thread(work);
  std::get<std::thread>(v).join();
}

void good_tie() {
  std::thread a, b;
  std::tie(a, b) = std::make_tuple(std::thread(work), std::thread(work));
  a.join();
  b.join();
}

void good_structured_binding() {
  auto [t, n] = std::pair(std::thread(work), 1);
  t.join();
}

void good_pointer_in_struct() {
  struct Box { std::thread *t; } box;
  std::thread worker(work);
  box.t = &worker;
  box.t->join();
}

void good_pointer_in_container() {
  std::thread worker(work);
  std::vector<std::thread *> all;
  all.push_back(&worker);
  for (auto *t : all)
    t->join();
}

void good_array_of_pointers() {
  std::thread a(work), b(work);
  std::thread *all[] = {&a, &b};
  for (auto *t : all)
    t->join();
}

static void join_all(std::initializer_list<std::thread *> list) {
  for (auto *t : list)
    t->join();
}

template <class... T> void join_each(T &...t) { (t.join(), ...); }

void good_variadic_helper() {
  std::thread a(work), b(work);
  join_each(a, b);
}

void good_fold_in_lambda() {
  std::thread a(work), b(work);
  auto all = [](auto &...t) { (t.join(), ...); };
  all(a, b);
}

void good_apply() {
  std::tuple<std::thread, std::thread> all(work, work);
  std::apply([](auto &...t) { (t.join(), ...); }, all);
}

void good_invoke() {
  std::thread worker(work);
  std::invoke(&std::thread::join, worker);
}

void good_member_pointer() {
  std::thread worker(work);
  auto finish = &std::thread::join;
  (worker.*finish)();
}

void good_bind() {
  std::thread worker(work);
  auto finish = std::bind(&std::thread::join, &worker);
  finish();
}

void good_mem_fn() {
  std::thread worker(work);
  std::mem_fn(&std::thread::join)(worker);
}

void good_function_object() {
  std::thread worker(work);
  std::function<void()> finish = [&] { worker.join(); };
  finish();
}

void good_placement_new() {
  alignas(std::thread) char buffer[sizeof(std::thread)];
  auto *worker = new (buffer) std::thread(work);
  worker->join();
  worker->~thread();
}

void good_placement_never_destroyed() {
  alignas(std::thread) static char buffer[sizeof(std::thread)];
  new (buffer) std::thread(work);
}

void good_coroutine_like_callback(std::function<void(std::thread)> done) {
  std::thread worker(work);
  done(std::move(worker));
}

struct Visitor {
  virtual void visit(std::thread &) = 0;
};

void good_virtual_call(Visitor &v) {
  std::thread worker(work);
  v.visit(worker);
}

void good_function_pointer(void (*f)(std::thread &)) {
  std::thread worker(work);
  f(worker);
}

extern "C" void c_sink(void *);

void good_unique_get() {
  auto worker = std::make_unique<std::thread>(work);
  c_sink(worker.get());
}

void good_unique_released_to_c() {
  auto worker = std::make_unique<std::thread>(work);
  c_sink(worker.release());
}

void good_conditional_operator(bool first) {
  std::thread a(work), b(work);
  (first ? a : b).join();
  (first ? b : a).join();
}

void good_reinterpreted() {
  std::thread worker(work);
  c_sink(reinterpret_cast<char *>(&worker));
}

void good_swapped_out(std::thread &out) {
  std::thread worker(work);
  worker.swap(out);
}

void good_std_swapped_out(std::thread &out) {
  std::thread worker(work);
  std::swap(out, worker);
}

void good_vector_swapped_out(std::vector<std::thread> &out) {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  out.swap(pool);
}

void good_list_spliced_out(std::list<std::thread> &out) {
  std::list<std::thread> pool;
  pool.emplace_back(work);
  out.splice(out.end(), pool);
}

void good_promise() {
  std::promise<std::thread> p;
  p.set_value(std::thread(work));
  p.get_future().get().join();
}

void good_returned_vector_by_ternary(bool ok);

std::vector<std::thread> good_returned_or_joined(bool keep) {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  if (keep)
    return pool;
  for (auto &t : pool)
    t.join();
  return {};
}

auto good_returned_lambda() {
  std::thread worker(work);
  return [w = std::move(worker)]() mutable { w.join(); };
}

class Owner {
  std::thread t;
  std::vector<std::thread> pool;
  std::unique_ptr<std::thread> p;
public:
  ~Owner();
  void good_to_member() { std::thread w(work); t = std::move(w); }
  void good_to_member_swap() { std::thread w(work); t.swap(w); }
  void good_to_member_vector() { std::thread w(work); pool.push_back(std::move(w)); }
  void good_to_member_pointer() { auto w = std::make_unique<std::thread>(work); p = std::move(w); }
};
