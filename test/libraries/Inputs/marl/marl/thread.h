// A fake: the documented interface of marl's <marl/thread.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <functional>

namespace marl {

class Thread {
public:
  using Func = std::function<void()>;
  struct Affinity {
    static Affinity all();
  };
  Thread();
  Thread(Thread &&);
  Thread &operator=(Thread &&);
  Thread(Affinity &&Where, Func &&Work);
  ~Thread();
  void join();
  static void setName(const char *Format, ...);
  static unsigned int numLogicalCPUs();
};

} // namespace marl
