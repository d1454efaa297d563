// A fake: the documented interface of async_simple's <async_simple/util/ThreadPool.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <cstdint>
#include <functional>

namespace async_simple::util {

class ThreadPool {
public:
  enum ERROR_TYPE { ERROR_NONE = 0, ERROR_POOL_HAS_STOP, ERROR_POOL_ITEM_IS_NULL };
  explicit ThreadPool(std::size_t Threads = 4);
  ~ThreadPool();
  ERROR_TYPE scheduleById(std::function<void()> Work, std::int32_t Id = -1);
};

} // namespace async_simple::util
