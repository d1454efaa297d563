// A fake: the documented interface of libunifex's <unifex/async_auto_reset_event.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once

namespace unifex {
namespace _aare {

struct async_auto_reset_event final {
  struct stream_view;
  async_auto_reset_event() noexcept;
  explicit async_auto_reset_event(bool StartReady) noexcept;
  void set() noexcept;
  void set_done() noexcept;
  stream_view stream() noexcept;
};

struct async_auto_reset_event::stream_view final {
  int next() noexcept;
};

} // namespace _aare

using _aare::async_auto_reset_event;

} // namespace unifex
