// The queues of Boost.Lockfree, from the real headers: what each call is taken
// for.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-lockfree.yaml
// RUN: %check_roles %s -std=c++17,c++20

// clang-format off

#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <boost/lockfree/stack.hpp>

#include <atomic>
#include <thread>

void use(int Value);

void goodQueue(std::atomic<bool> &Done) {
  boost::lockfree::queue<int> Queue(8);
  std::thread Consumer([&] { // ROLE: std::thread start
    int Value;
    while (!Done)
      if (Queue.pop(Value)) // ROLE: boost::lockfree::queue try-receive
        use(Value);
    Queue.consume_all(use); // ROLE: boost::lockfree::queue try-receive
  });
  while (!Queue.push(1)) // ROLE: boost::lockfree::queue try-send
    std::this_thread::yield();
  Done = true;
  Consumer.join(); // ROLE: std::thread join
}

void badQueue() {
  boost::lockfree::queue<int> Queue(8);
  std::thread Consumer([&Queue] { // ROLE: std::thread start
    int Value;
    while (!Queue.pop(Value)) // ROLE: boost::lockfree::queue try-receive
      std::this_thread::yield();
  });
  Consumer.join(); // ROLE: std::thread join
}

void goodStack(boost::lockfree::stack<int> &Stack) {
  if (!Stack.bounded_push(1)) // ROLE: boost::lockfree::stack try-send
    return;
  Stack.consume_one(use); // ROLE: boost::lockfree::stack try-receive
}

void badStack(boost::lockfree::stack<int> &Stack) {
  int Value;
  Stack.push(1); // ROLE: boost::lockfree::stack try-send
  while (!Stack.pop(Value)) // ROLE: boost::lockfree::stack try-receive
    continue;
}

void goodRing(boost::lockfree::spsc_queue<int> &Ring) {
  int Value;
  if (Ring.write_available() && Ring.push(1) && Ring.pop(Value)) // ROLE: boost::lockfree::spsc_queue try-send, boost::lockfree::spsc_queue try-receive
    use(Value);
}

void badRing(boost::lockfree::spsc_queue<int> &Ring) {
  while (!Ring.push(1)) // ROLE: boost::lockfree::spsc_queue try-send
    continue;
}
