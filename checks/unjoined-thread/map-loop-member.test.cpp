// Once a false alarm: a join through the second half of a member map's element.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <map>
#include <thread>

void work();
bool ready();

class GoodMap {
public:
  void add(int id) { pool[id] = std::thread(work); }
  ~GoodMap() { for (auto &[id, t] : pool) t.join(); }
private:
  std::map<int, std::thread> pool;
};
