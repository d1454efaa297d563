// A flag of what comes out of a queue: the last item says that it is the last.
//
// RUN: %check_leaks %s leak-join-without-stop --silent -- -std=c++17

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

class Item {
  double data;
  bool last;

public:
  Item(double data, bool last = false) : data(data), last(last) {}
  bool isLast() const { return last; }
};

class Queue {
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<Item> items;

public:
  void push(Item item) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      items.push_back(item);
    }
    filled.notify_one();
  }
  Item pop() {
    std::unique_lock<std::mutex> lock(mutex);
    filled.wait(lock, [&] { return !items.empty(); });
    Item item = items.front();
    items.pop_front();
    return item;
  }
};

void work(Queue &queue) {
  for (;;) {
    Item item = queue.pop();
    if (item.isLast())
      break;
  }
}

void all() {
  Queue queue;
  std::thread thread(std::bind(&work, std::ref(queue)));
  for (int i = 0; i < 10; ++i)
    queue.push(Item{double(i)});
  queue.push(Item{0.0, true});
  thread.join();
}
