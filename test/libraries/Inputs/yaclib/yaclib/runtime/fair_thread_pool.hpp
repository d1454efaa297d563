// A fake: the documented interface of yaclib's <yaclib/runtime/fair_thread_pool.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <cstdint>
#include <yaclib/exe/executor.hpp>

namespace yaclib {

class FairThreadPool : public IExecutor {
public:
  explicit FairThreadPool(std::uint64_t Threads = 4);
  ~FairThreadPool() noexcept override;
  bool Alive() const noexcept final;
  void Submit(Job &Work) noexcept final;
  void SoftStop() noexcept;
  void Stop() noexcept;
  void HardStop() noexcept;
  void Wait() noexcept;
};

IntrusivePtr<FairThreadPool> MakeFairThreadPool(std::uint64_t Threads = 4);

} // namespace yaclib
