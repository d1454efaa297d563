// A fake: the documented interface of seastar's <seastar/core/pipe.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <cstddef>
#include <optional>
#include <seastar/core/future.hh>

namespace seastar {

template <typename T> class pipe_reader {
public:
  pipe_reader(pipe_reader &&) noexcept;
  pipe_reader &operator=(pipe_reader &&) noexcept;
  ~pipe_reader();
  future<std::optional<T>> read();
  void unread(T &&Item);
};

template <typename T> class pipe_writer {
public:
  pipe_writer(pipe_writer &&) noexcept;
  pipe_writer &operator=(pipe_writer &&) noexcept;
  ~pipe_writer();
  future<> write(T &&Item);
};

template <typename T> class pipe {
public:
  pipe_reader<T> reader;
  pipe_writer<T> writer;
  explicit pipe(std::size_t Size);
};

} // namespace seastar
