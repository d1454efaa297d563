// A fake: the documented interface of async_simple's <async_simple/Executor.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace async_simple {

class Executor {
public:
  using Func = std::function<void()>;
  using Context = void *;
  Executor(std::string Name = "default");
  virtual ~Executor();
  virtual bool schedule(Func Work) = 0;
  virtual bool schedule(Func Work, std::uint64_t Info);
  virtual bool currentThreadInExecutor() const;
  virtual Context checkout();
  virtual bool checkin(Func Work, Context Where);
};

} // namespace async_simple
