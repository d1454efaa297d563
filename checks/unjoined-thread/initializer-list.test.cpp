// Once a false alarm: what goes into an initializer_list, by address or std::ref, escapes.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <functional>
#include <initializer_list>
#include <thread>

void work();
bool ready();

static void join_all(std::initializer_list<std::thread *> list) {
  for (auto *t : list)
    t->join();
}

void good_initializer_list_of_references() {
  std::thread a(work), b(work);
  for (auto &t : {std::ref(a), std::ref(b)})
    t.get().join();
}

void good_initializer_list_to_helper() {
  std::thread a(work), b(work);
  join_all({&a, &b});
}
