// Once a false alarm: the element that emplace_back returns escapes.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <thread>
#include <vector>

void work();
bool ready();

void sink_reference(std::thread &);

void good_emplace_back_result() {
  std::vector<std::thread> pool;
  sink_reference(pool.emplace_back(work));
}
