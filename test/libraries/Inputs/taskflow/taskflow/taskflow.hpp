// A fake: the documented interface of taskflow's <taskflow/taskflow.hpp>, as far as the tests call it. Nothing of it is taskflow's code.
#pragma once
#include <cstddef>
#include <future>
#include <string>
#include <utility>

namespace tf {

class Taskflow {
public:
  Taskflow();
  ~Taskflow();
  template <typename C> int emplace(C &&Work) { return 0; }
};

template <typename T> class Future : public std::future<T> {
public:
  Future() = default;
  Future(Future &&) = default;
  Future &operator=(Future &&) = default;
  bool cancel();
};

class Executor {
public:
  explicit Executor(std::size_t Threads = 4);
  ~Executor();
  Future<void> run(Taskflow &Flow);
  Future<void> run(Taskflow &&Flow);
  template <typename C> Future<void> run(Taskflow &Flow, C &&Callback) { return {}; }
  Future<void> run_n(Taskflow &Flow, std::size_t N);
  template <typename C> Future<void> run_n(Taskflow &Flow, std::size_t N, C &&Callback) { return {}; }
  template <typename P> Future<void> run_until(Taskflow &Flow, P &&Predicate) { return {}; }
  template <typename P, typename C> Future<void> run_until(Taskflow &Flow, P &&Predicate, C &&Callback) {
    return {};
  }
  template <typename T> void corun(T &Target) {}
  template <typename P> void corun_until(P &&Predicate) {}
  void wait_for_all();
  template <typename F> auto async(F &&Work) { return std::future<decltype(Work())>(); }
  template <typename P, typename F> auto async(P &&Name, F &&Work) { return std::future<decltype(Work())>(); }
  template <typename F> void silent_async(F &&Work) {}
  template <typename P, typename F> void silent_async(P &&Name, F &&Work) {}
  std::size_t num_workers() const noexcept;
};

class Runtime {
public:
  template <typename F> auto async(F &&Work) { return std::future<decltype(Work())>(); }
  template <typename F> void silent_async(F &&Work) {}
  void corun_all();
  Executor &executor();
};

} // namespace tf
