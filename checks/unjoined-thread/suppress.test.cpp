// Silenced by a comment where the thread was started, or where the member is.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>
#include <vector>

void work();
bool ready();

void bad_not_silenced() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
}

void good_nolint() {
  std::thread worker(work); // NOLINT
}

void good_nolint_by_name() {
  std::thread worker(work); // NOLINT(leak-unjoined-thread)
}

void good_nolint_by_glob() {
  std::thread worker(work); // NOLINT(leak-*)
}

void bad_nolint_of_another_check() {
  std::thread worker(work); // NOLINT(leak-endless-loop)
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
}

void good_nolintnextline() {
  // NOLINTNEXTLINE(leak-unjoined-thread): ends with the process
  std::thread worker(work);
  if (!ready())
    return;
  worker.join();
}

// NOLINTBEGIN(leak-unjoined-thread)
void good_nolintbegin() {
  std::thread worker(work);
}
// NOLINTEND(leak-unjoined-thread)

void bad_after_nolintend() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
}

void bad_nolint_only_at_the_exit() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable
  if (!ready())
    return; // NOLINT(leak-unjoined-thread)
  worker.join();
}

void good_container() {
  std::vector<std::thread> pool;
  pool.emplace_back(work); // NOLINT(leak-unjoined-thread)
}

class GoodMember {
public:
  GoodMember() : worker(work) {}
private:
  std::thread worker; // NOLINT(leak-unjoined-thread)
};

static std::thread good_global(work); // NOLINT(leak-unjoined-thread)
