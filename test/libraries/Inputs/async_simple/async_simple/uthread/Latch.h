// A fake: the documented interface of async_simple's <async_simple/uthread/Latch.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <async_simple/Executor.h>

namespace async_simple::uthread {

class Latch {
public:
  explicit Latch(std::size_t Count);
  ~Latch();
  void downCount(std::size_t N = 1);
  void await(Executor *Where);
  std::size_t currentCount() const;
};

} // namespace async_simple::uthread
