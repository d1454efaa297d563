// Once a false alarm: what goes into an initializer_list, by address or std::ref, escapes.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <functional>
#include <thread>
#include <vector>

void work();
bool ready();
using namespace std;

void good_vector_references() {
  thread a(work), b(work);
  for (thread *t : {&a, &b})
    t->join();
}

void good_vector_reference_wrappers() {
  thread a(work), b(work);
  vector<reference_wrapper<thread>> all{a, b};
  for (thread &t : all)
    t.join();
}
