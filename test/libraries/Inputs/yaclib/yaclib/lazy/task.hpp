// A fake: the documented interface of yaclib's <yaclib/lazy/task.hpp>, as far as the tests call it. Nothing of it is yaclib's code.
#pragma once
#include <yaclib/async/future.hpp>

namespace yaclib {

template <typename V = void, typename E = StopError> class Task final {
public:
  Task();
  Task(Task &&) noexcept;
  Task &operator=(Task &&) noexcept;
  ~Task();
  [[nodiscard]] bool Valid() const & noexcept;
  [[nodiscard]] bool Ready() const & noexcept;
  template <typename F> Task Then(IExecutor &Where, F &&Work) && { return {}; }
  template <typename F> Task ThenInline(F &&Work) && { return {}; }
  void Cancel() && noexcept;
  void Detach() && noexcept;
  void Detach(IExecutor &Where) && noexcept;
  Future<V, E> ToFuture() && noexcept;
  Result<V, E> Get() && noexcept;
};

} // namespace yaclib
