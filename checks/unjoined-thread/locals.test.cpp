// One handle in a local variable.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

void work();
bool ready();
int level();

// Left early.

void bad_never_joined() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void good_joined() {
  std::thread worker(work);
  worker.join();
}

void good_detached() {
  std::thread worker(work);
  worker.detach();
}

void bad_early_return(bool ok) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (!ok)
    return;
  worker.join();
}

void good_early_return(bool ok) {
  std::thread worker(work);
  if (!ok) {
    worker.join();
    return;
  }
  worker.join();
}

int bad_return_by_call() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (int error = level())
    return error;
  worker.join();
  return 0;
}

void bad_break() {
  while (ready()) {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (level() > 3)
      break;
    worker.join();
  }
}

void good_break() {
  while (ready()) {
    std::thread worker(work);
    worker.join();
    if (level() > 3)
      break;
  }
}

void bad_continue() {
  while (ready()) {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (level() > 3)
      continue;
    worker.join();
  }
}

void good_continue() {
  while (ready()) {
    std::thread worker(work);
    if (level() > 3) {
      worker.join();
      continue;
    }
    worker.join();
  }
}

void bad_goto() {
  {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (!ready())
      goto done;
    worker.join();
  }
done:
  work();
}

void good_goto() {
  std::thread worker(work);
  if (!ready())
    goto done;
  work();
done:
  worker.join();
}

void bad_switch_case(int kind) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  switch (kind) {
  case 0:
    worker.join();
    break;
  case 1:
    worker.detach();
    break;
  default:
    break;
  }
}

void good_switch_case(int kind) {
  std::thread worker(work);
  switch (kind) {
  case 0:
    worker.join();
    break;
  default:
    worker.detach();
    break;
  }
}

void bad_one_branch(bool wait) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (wait)
    worker.join();
}

void good_each_branch(bool wait) {
  std::thread worker(work);
  if (wait)
    worker.join();
  else
    worker.detach();
}

void bad_correlated_conditions(bool start) {
  std::thread worker;
  if (start)
    worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'worker' is still joinable when it goes out of scope on this path
  work();
  if (!start)
    worker.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'worker' owns no thread when it is joined on this path; an exception is thrown
}

void good_correlated_conditions(bool start) {
  std::thread worker;
  if (start)
    worker = std::thread(work);
  work();
  if (start)
    worker.join();
}

void good_joinable(bool start) {
  std::thread worker;
  if (start)
    worker = std::thread(work);
  if (worker.joinable())
    worker.join();
}

void good_joinable_early(bool start) {
  std::thread worker;
  if (start)
    worker = std::thread(work);
  if (!worker.joinable())
    return;
  worker.join();
}

void bad_joinable_does_nothing() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (worker.joinable())
    work();
}

void good_default_constructed() {
  std::thread worker;
}

void bad_inner_scope() {
  {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
  }
  work();
}

void bad_in_loop(int n) {
  for (int i = 0; i < n; ++i)
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
}

void good_in_loop(int n) {
  for (int i = 0; i < n; ++i) {
    std::thread worker(work);
    worker.join();
  }
}

void bad_in_init_statement() {
  if (std::thread worker(work); ready())
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'worker' is still joinable when it goes out of scope on this path
    worker.join();
}

void good_in_init_statement() {
  if (std::thread worker(work); ready())
    worker.join();
  else
    worker.detach();
}

void good_temporary_detached() {
  std::thread(work).detach();
}

void good_temporary_joined() {
  std::thread{work}.join();
}

void bad_brace_and_auto() {
  auto worker = std::thread{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
}

void bad_copy_initialised() {
  std::thread worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'worker' is still joinable when it goes out of scope on this path
  if (ready())
    worker.join();
}

// Flags.

void good_flag_guards_join(bool parallel) {
  std::thread worker;
  bool started = false;
  if (parallel) {
    worker = std::thread(work);
    started = true;
  }
  if (started)
    worker.join();
}

void bad_flag_never_set(bool parallel) {
  std::thread worker;
  bool started = false;
  if (parallel)
    worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'worker' is still joinable when it goes out of scope on this path
  if (started)
    worker.join();
}

// Two of them.

void bad_second_forgotten() {
  std::thread first(work);
  std::thread second(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'second' is still joinable when it goes out of scope on this path
  first.join();
}

void good_both() {
  std::thread first(work);
  std::thread second(work);
  first.join();
  second.join();
}

void bad_same_one_twice() {
  std::thread first(work);
  std::thread second(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'second' is still joinable when it goes out of scope on this path
  first.join();
  if (first.joinable())
    first.join();
}

// Assigned to.

void bad_overwritten() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it is assigned to on this path
  worker = std::thread(work);
  worker.join();
}

void good_overwritten_after_join() {
  std::thread worker(work);
  worker.join();
  worker = std::thread(work);
  worker.join();
}

void bad_overwritten_by_move(std::thread other) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it is assigned to on this path
  worker = std::move(other);
  worker.join();
}

void bad_overwritten_by_empty() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it is assigned to on this path
  worker = {};
}

void good_assigned_to_empty() {
  std::thread worker;
  worker = std::thread(work);
  worker.join();
}

void bad_overwritten_in_loop(int n) {
  std::thread worker;
  for (int i = 0; i < n; ++i)
    worker = std::thread(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'worker' is still joinable when it is assigned to on this path
  if (worker.joinable())
    worker.join();
}

void good_overwritten_in_loop(int n) {
  std::thread worker;
  for (int i = 0; i < n; ++i) {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }
  if (worker.joinable())
    worker.join();
}

// Moved and swapped.

void bad_moved_and_forgotten() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'other' is still joinable when it goes out of scope on this path
  std::thread other = std::move(worker);
}

void good_moved_and_joined() {
  std::thread worker(work);
  std::thread other = std::move(worker);
  other.join();
}

void good_moved_from_not_joined() {
  std::thread worker(work);
  std::thread other(std::move(worker));
  if (worker.joinable())
    worker.join();
  other.join();
}

void bad_swapped() {
  std::thread worker(work), other;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'other' is still joinable when it goes out of scope on this path
  worker.swap(other);
  if (worker.joinable())
    worker.join();
}

void good_swapped() {
  std::thread worker(work), other;
  worker.swap(other);
  other.join();
}

void bad_std_swapped() {
  std::thread worker(work), other;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'other' is still joinable when it goes out of scope on this path
  std::swap(worker, other);
}

void good_std_swapped() {
  std::thread worker(work), other;
  std::swap(worker, other);
  other.join();
}

void good_exchanged() {
  std::thread worker(work);
  std::thread old = std::exchange(worker, std::thread());
  old.join();
}

// Joined twice.

void bad_joined_twice() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is joined after it was joined
  worker.join();
  worker.join();
}

void bad_joined_after_detach() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is joined after it was detached
  worker.detach();
  worker.join();
}

void bad_joined_twice_on_one_path(bool early) {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is joined after it was joined
  if (early)
    worker.join();
  worker.join();
}

void good_joined_once_on_each_path(bool early) {
  std::thread worker(work);
  if (early)
    worker.join();
  if (worker.joinable())
    worker.join();
}

// References, pointers and helpers.

void good_by_reference() {
  std::thread worker(work);
  std::thread &ref = worker;
  ref.join();
}

void good_by_pointer() {
  std::thread worker(work);
  std::thread *pointer = &worker;
  pointer->join();
}

void bad_pointer_not_used() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  std::thread *pointer = &worker;
  (void)pointer;
}

static void join_it(std::thread &t) {
  if (t.joinable())
    t.join();
}

static void join_pointer(std::thread *t) {
  t->join();
}

static void look_at(const std::thread &t) {
  (void)t.get_id();
}

void good_helper_joins() {
  std::thread worker(work);
  join_it(worker);
}

void good_helper_joins_pointer() {
  std::thread worker(work);
  join_pointer(&worker);
}

static std::thread make() { return std::thread(work); }

void bad_made_by_helper() {
  std::thread worker = make();
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'worker' is still joinable when it goes out of scope on this path
}

void good_made_by_helper() {
  std::thread worker = make();
  worker.join();
}

void good_made_and_joined() {
  make().join();
}

static void take(std::thread t) { t.join(); }
static void take_and_drop(std::thread t) { work(); }

void good_sunk() {
  std::thread worker(work);
  take(std::move(worker));
}

void bad_sunk() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 't' is still joinable when it goes out of scope on this path
  take_and_drop(std::move(worker));
}

// Lambdas.

void good_lambda_joins() {
  std::thread worker(work);
  auto finish = [&] { worker.join(); };
  finish();
}

void bad_lambda_not_called_on_one_path() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  auto finish = [&] { worker.join(); };
  if (ready())
    finish();
}

void bad_inside_lambda() {
  auto run = [] {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
  };
  run();
}

void bad_return_inside_lambda() {
  auto run = [](bool ok) {
    std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (!ok)
      return;
    worker.join();
  };
  run(ready());
}

void good_return_of_lambda_is_not_ours() {
  std::thread worker(work);
  auto test = [](bool ok) {
    if (!ok)
      return 1;
    return 2;
  };
  test(ready());
  worker.join();
}

void bad_lambda_as_body() {
  int sum = 0;
  std::thread worker([&sum] { ++sum; });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  if (!ready())
    return;
  worker.join();
}

// No way back.

[[noreturn]] void die();

void good_noreturn() {
  std::thread worker(work);
  if (!ready())
    die();
  worker.join();
}

void good_abort() {
  std::thread worker(work);
  if (!ready())
    std::abort();
  worker.join();
}

void good_exit() {
  std::thread worker(work);
  if (!ready())
    std::exit(1);
  worker.join();
}

void good_endless_loop() {
  std::thread worker(work);
  for (;;)
    work();
}

// Parameters.

void good_parameter_by_value(std::thread worker) {
  worker.join();
}

void good_parameter_by_reference(std::thread &worker) {
  worker = std::thread(work);
}

// What the standard gives instead.

void good_jthread() {
  std::jthread worker(work);
}

void good_jthread_overwritten() {
  std::jthread worker(work);
  worker = std::jthread(work);
}

// Member functions of local classes, methods, constructors.

struct Runner {
  void bad_method(bool ok) {
    std::thread worker(&Runner::run, this);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'worker' is still joinable when it goes out of scope on this path
    if (!ok)
      return;
    worker.join();
  }
  void run();
};

int good_ternary_joins(bool wait) {
  std::thread worker(work);
  wait ? worker.join() : worker.detach();
  return 0;
}

void good_short_circuit_joins() {
  std::thread worker(work);
  worker.joinable() && (worker.join(), true);
}

void good_do_while_joins() {
  std::thread worker(work);
  do {
    if (worker.joinable())
      worker.join();
  } while (ready());
}

void good_local_class_holds_it() {
  struct Holder {
    std::thread t;
    ~Holder() { t.join(); }
  } holder;
  holder.t = std::thread(work);
}

void bad_local_struct_holds_it() {
  struct Holder {
    std::thread t;
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 't' may still be joinable when 'Holder' is destroyed
  } holder;
  holder.t = std::thread(work);
}

void good_local_struct_holds_it() {
  struct Holder {
    std::thread t;
  } holder;
  holder.t = std::thread(work);
  holder.t.join();
}

void good_pair() {
  std::pair<std::thread, int> both(std::thread(work), 1);
  both.first.join();
}

void good_tuple() {
  std::tuple<std::thread, int> both(std::thread(work), 1);
  std::get<0>(both).join();
}
