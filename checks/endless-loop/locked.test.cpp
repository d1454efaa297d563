// Names that say who holds the lock, before a `continue` that skips a step.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <list>
#include <memory>
#include <string>

struct Peer {
  int misses;
};

// The ending of a name that says who holds the lock asks for none.
class Cache {
public:
  void bad() {
    for (auto it = entries.begin(); it != entries.end();) {
      std::string leaf;
      if (!GetLeafNameHasLock(it->get(), leaf)) {
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached: it skips what moves 'it' on, and the loop takes the same way again for ever [leak-endless-loop]
      }
      ++it;
    }
  }

  void good() {
    for (auto it = entries.begin(); it != entries.end();) {
      if (!TryLock(it->get()))
        continue;
      ++it;
    }
  }

private:
  bool GetLeafNameHasLock(const Peer *peer, std::string &leaf);
  bool TryLock(const Peer *peer);
  std::list<std::shared_ptr<Peer>> entries;
};
