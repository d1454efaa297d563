// A fake: the documented interface of folly's <folly/channels/Channel.h>, as far as the tests call it. Nothing of it is folly's code.
#pragma once
#include <folly/coro/Task.h>
#include <optional>
#include <utility>

namespace folly {
namespace channels {

template <typename T> class Receiver {
public:
  Receiver();
  Receiver(Receiver &&) noexcept;
  Receiver &operator=(Receiver &&) noexcept;
  ~Receiver();
  explicit operator bool() const;
  coro::detail::TaskAwaiter<std::optional<T>> next(bool CloseOnCancel = true);
  void cancel() &&;
};

template <typename T> class Sender {
public:
  Sender(Sender &&) noexcept;
  Sender &operator=(Sender &&) noexcept;
  ~Sender();
  explicit operator bool() const;
  template <typename U = T> void write(U &&Value);
  void close(exception_wrapper Exception) &&;
  void close() &&;
  bool isReceiverCancelled();
};

template <typename T> class Channel {
public:
  static std::pair<Receiver<T>, Sender<T>> create();
};

} // namespace channels
} // namespace folly
