// A fake: the documented interface of async_simple's <async_simple/Signal.h>, as far as the tests call it. Nothing of it is async_simple's code.
#pragma once
#include <cstdint>
#include <memory>

namespace async_simple {

enum SignalType : std::uint64_t { None = 0, Terminate = 1, All = UINT64_MAX };

class Signal : public std::enable_shared_from_this<Signal> {
public:
  SignalType emits(SignalType State) noexcept;
  SignalType state() const noexcept;
  static std::shared_ptr<Signal> create();
  virtual ~Signal();
};

class Slot {
public:
  Slot(Signal *From, SignalType Filter = SignalType::All);
  ~Slot();
  template <typename F> [[nodiscard]] bool emplace(SignalType Type, F &&Handler) { return true; }
  bool clear(SignalType Type);
  bool hasTriggered(SignalType Type) const noexcept;
  bool canceled() const noexcept;
};

} // namespace async_simple
