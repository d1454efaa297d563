// A fake: the documented interface of libunifex's <unifex/manual_event_loop.hpp>, as far as the tests call it. Nothing of it is libunifex's code.
#pragma once

namespace unifex {
namespace _manual_event_loop {

class context {
public:
  class scheduler {};
  context();
  ~context();
  scheduler get_scheduler();
  void run();
  void stop();
};

} // namespace _manual_event_loop

using manual_event_loop = _manual_event_loop::context;

} // namespace unifex
