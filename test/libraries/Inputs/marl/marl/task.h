// A fake: the documented interface of marl's <marl/task.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once
#include <functional>

namespace marl {

class Task {
public:
  using Function = std::function<void()>;
  enum class Flags { None = 0, SameThread = 1 };
  Task();
  Task(const Function &Work, Flags F = Flags::None);
  Task(const Task &);
  Task(Task &&);
  operator bool() const;
  void operator()() const;
};

} // namespace marl
