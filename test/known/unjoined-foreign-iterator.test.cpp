// False alarm: elements leave the list through an iterator from outside; the
// destructor waits until it is empty.
// RUN: %check_leaks %s leak-unjoined-thread --silent
// XFAIL: *

#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

void work();
bool ready();

class GoodRetires {
public:
  void retire(std::list<std::thread>::iterator self) {
    std::thread previous;
    {
      std::lock_guard<std::mutex> lock(mutex);
      previous = std::exchange(last, std::move(*self));
      active.erase(self);
    }
    if (previous.joinable())
      previous.join();
  }
  void add() { active.emplace_back(work); }
  ~GoodRetires() {
    std::unique_lock<std::mutex> lock(mutex);
    done.wait(lock, [this] { return active.empty(); });
    if (last.joinable())
      last.join();
  }
private:
  std::mutex mutex;
  std::condition_variable done;
  std::list<std::thread> active;
  std::thread last;
};
