// Once a false alarm: what gets the iterators of a container can do anything with it.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <iterator>
#include <thread>
#include <vector>

void work();
bool ready();

template <class T> void sink_unknown(const T &);
void sink_void(void *);
template <class... A> void sink_forward(A &&...a) { (sink_void((void *)&a), ...); }

void good_vector_iterators() {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  sink_forward(pool.begin(), pool.end());
}

void good_vector_move_iterators(std::vector<std::thread> &out) {
  std::vector<std::thread> pool;
  pool.emplace_back(work);
  out.insert(out.end(), std::make_move_iterator(pool.begin()),
             std::make_move_iterator(pool.end()));
}
