// A fake: the documented interface of userver's <userver/concurrent/queue.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
#include <cstddef>
#include <memory>
#include <userver/engine/deadline.hpp>

namespace userver::concurrent {

template <typename Q, typename Token, typename Enabler> class Producer final {
public:
  using ValueType = typename Q::ValueType;
  Producer(Producer &&) noexcept;
  Producer &operator=(Producer &&) noexcept;
  ~Producer();
  [[nodiscard]] bool Push(ValueType &&Value, engine::Deadline Deadline = {}) const;
  [[nodiscard]] bool PushNoblock(ValueType &&Value) const;
  void Reset() &&;
};

template <typename Q, typename Token, typename Enabler> class Consumer final {
public:
  using ValueType = typename Q::ValueType;
  Consumer(Consumer &&) noexcept;
  Consumer &operator=(Consumer &&) noexcept;
  ~Consumer();
  [[nodiscard]] bool Pop(ValueType &Value, engine::Deadline Deadline = {}) const;
  [[nodiscard]] bool PopNoblock(ValueType &Value) const;
  void Reset() &&;
};

namespace impl {

struct Token {};
struct Enabler {};
struct SimplePolicy {};

} // namespace impl

template <typename T, typename Policy> class GenericQueue final {
public:
  using ValueType = T;
  using ProducerType = Producer<GenericQueue, impl::Token, impl::Enabler>;
  using ConsumerType = Consumer<GenericQueue, impl::Token, impl::Enabler>;
  ~GenericQueue();
  static std::shared_ptr<GenericQueue> Create(std::size_t MaxSize = 1000);
  ProducerType GetProducer();
  ProducerType GetMultiProducer();
  ConsumerType GetConsumer();
  ConsumerType GetMultiConsumer();
  void SetSoftMaxSize(std::size_t MaxSize);
  std::size_t GetSizeApproximate() const;
};

template <typename T> using NonFifoMpmcQueue = GenericQueue<T, impl::SimplePolicy>;
template <typename T> using SpscQueue = GenericQueue<T, impl::SimplePolicy>;

} // namespace userver::concurrent
