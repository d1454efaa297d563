// A fake: the documented interface of marl's <marl/ticket.h>, as far as the tests call it. Nothing of it is marl's code.
#pragma once

namespace marl {

class Ticket {
public:
  class Queue {
  public:
    Queue();
    ~Queue();
    Ticket take();
  };
  Ticket();
  Ticket(const Ticket &);
  Ticket &operator=(const Ticket &);
  ~Ticket();
  void wait() const;
  void done() const;
  template <typename F> void onCall(F &&Work) const {}
};

} // namespace marl
