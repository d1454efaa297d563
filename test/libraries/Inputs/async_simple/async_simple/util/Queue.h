// A fake: the documented interface of async_simple's <async_simple/util/Queue.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <cstddef>

namespace async_simple::util {

template <typename T> class Queue {
public:
  void push(T &&Item);
  bool try_push(const T &Item);
  bool pop(T &Item);
  bool try_pop(T &Item);
  std::size_t size() const;
  bool empty() const;
  void stop();
};

} // namespace async_simple::util
