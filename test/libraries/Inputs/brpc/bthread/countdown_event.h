// A fake: the documented interface of brpc's <bthread/countdown_event.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <ctime>

namespace bthread {

class CountdownEvent {
public:
  CountdownEvent(int Count = 1);
  ~CountdownEvent();
  void add_count(int N = 1);
  void reset(int N = 1);
  void signal(int N = 1, bool Flush = false);
  int wait();
  int timed_wait(const timespec &Deadline);
};

} // namespace bthread
