// A fake: the documented interface of async_simple's <async_simple/executors/SimpleExecutor.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>

namespace async_simple::executors {

class SimpleExecutor : public Executor {
public:
  explicit SimpleExecutor(std::size_t Threads);
  ~SimpleExecutor();
  bool schedule(Func Work) override;
};

} // namespace async_simple::executors
