// A fake: the documented interface of seastar's <seastar/core/queue.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <cstddef>
#include <exception>
#include <seastar/core/future.hh>

namespace seastar {

template <typename T> class queue {
public:
  explicit queue(std::size_t Size);
  bool push(T &&Item);
  T pop();
  T &front();
  bool empty() const;
  bool full() const;
  future<> not_empty();
  future<> not_full();
  future<T> pop_eventually();
  future<> push_eventually(T &&Item);
  std::size_t size() const;
  void set_max_size(std::size_t Max);
  void abort(std::exception_ptr Error) noexcept;
};

} // namespace seastar
