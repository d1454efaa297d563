// A fake: the documented interface of seastar's <seastar/core/gate.hh>, as far as the tests call it. Nothing of it is seastar's code.
#pragma once
#include <cstddef>
#include <seastar/core/future.hh>

namespace seastar {

class gate {
public:
  gate() noexcept;
  gate(gate &&) noexcept;
  virtual ~gate();
  bool try_enter() noexcept;
  void enter();
  void leave() noexcept;
  void check() const;
  future<> close() noexcept;
  std::size_t get_count() const noexcept;
  bool is_closed() const noexcept;

  class holder {
  public:
    holder() noexcept;
    explicit holder(gate &Gate);
    holder(const holder &) noexcept;
    holder(holder &&) noexcept;
    ~holder();
    void release() noexcept;
  };

  holder hold();
};

class named_gate : public gate {
public:
  named_gate() noexcept;
  explicit named_gate(const char *Name) noexcept;
};

template <typename F> auto with_gate(gate &Gate, F &&Work) { return Work(); }

} // namespace seastar
