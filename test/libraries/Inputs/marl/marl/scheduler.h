// A fake: the documented interface of marl's <marl/scheduler.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <marl/task.h>
#include <marl/thread.h>

namespace marl {

class Scheduler {
public:
  struct Config {
    static Config allCores();
    Config &setWorkerThreadCount(int N);
  };
  Scheduler(const Config &);
  ~Scheduler();
  static Scheduler *get();
  void bind();
  static void unbind();
  void enqueue(Task &&Work);
  const Config &config() const;
};

void schedule(Task &&Work);
template <typename Function> void schedule(Function &&Work) {}
template <typename Function, typename... Args> void schedule(Function &&Work, Args &&...) {}

} // namespace marl
