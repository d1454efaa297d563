// Once a false alarm: the deleter of the smart pointer joins.
// RUN: %check_leaks %s leak-unjoined-thread --silent

#include <memory>
#include <thread>

void work();
bool ready();

struct Joiner {
  void operator()(std::thread *t) const { t->join(); delete t; }
};

class GoodUniquePtrDeleter {
public:
  GoodUniquePtrDeleter() : worker(new std::thread(work)) {}
private:
  std::unique_ptr<std::thread, Joiner> worker;
};
