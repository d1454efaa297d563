// Once a false alarm: a join through the second half of a map's element, in a range-for,
// is not seen.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <map>
#include <string>
#include <thread>
#include <unordered_map>

void work();
bool ready();
using namespace std;

void good_map() {
  map<int, thread> pool;
  pool.emplace(1, thread(work));
  for (auto &entry : pool)
    entry.second.join();
}

void good_map_subscript() {
  map<string, thread> pool;
  pool["a"] = thread(work);
  for (auto &[name, t] : pool)
    t.join();
}

void good_unordered_map() {
  unordered_map<int, thread> pool;
  pool.try_emplace(1, work);
  for (auto &[id, t] : pool)
    t.join();
}
