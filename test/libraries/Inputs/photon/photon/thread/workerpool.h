// A fake: the documented interface of photon's <photon/thread/workerpool.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <cstddef>
#include <photon/thread/thread.h>

namespace photon {

class WorkPool {
public:
  explicit WorkPool(std::size_t Vcpus);
  ~WorkPool();
  int join_current_vcpu_into_workpool();
  int get_vcpu_num();
  template <typename F> void call(F &&Work) {}
  template <typename Task> void async_call(Task *Work) {}
};

} // namespace photon
