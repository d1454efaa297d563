// A fake: the documented interface of marl's <marl/waitgroup.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once

namespace marl {

class WaitGroup {
public:
  WaitGroup(unsigned int Count = 0);
  WaitGroup(const WaitGroup &);
  ~WaitGroup();
  void add(unsigned int Count = 1) const;
  bool done() const;
  void wait() const;
};

} // namespace marl
