// A fake: the documented interface of photon's <photon/thread/future.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <photon/thread/thread.h>

namespace photon {

template <typename T, typename Context = void> class Future {
public:
  class Promise {
  public:
    template <typename P> void set_value(P &&Value) {}
  };
  Future();
  ~Future();
  Promise get_promise();
  T &get_value();
  T &get();
  int wait(Timeout Limit = {});
  int wait_for(Timeout Limit = {});
};

} // namespace photon
