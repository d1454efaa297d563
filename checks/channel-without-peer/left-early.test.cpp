// What receives leaves its loop early, while the other one waits for room and
// is joined.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-channel-without-peer -- -std=c++20

#include <boost/fiber/buffered_channel.hpp>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

using Channel = boost::fibers::buffered_channel<int>;
bool handle(int);

bool bad_break() {
  Channel values(8);
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  bool ok = true;
  for (int value : values)
    if (!handle(value)) {
      ok = false;
      break;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nobody receives from 'values' any more when the loop is left here; what sends to it may wait for room for ever, and so does its join [leak-channel-without-peer]
    }
  producer.join();
  return ok;
}

bool good_closes() {
  Channel values(8);
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  bool ok = true;
  for (int value : values)
    if (!handle(value)) {
      ok = false;
      break;
    }
  values.close();
  producer.join();
  return ok;
}

// All are taken, the rest is not handled.
bool good_drains() {
  Channel values(8);
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  bool ok = true;
  for (int value : values)
    if (ok)
      ok = handle(value);
  producer.join();
  return ok;
}

bool bad_return() {
  Channel values(8);
  auto producer = std::async(std::launch::async, [&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  int value = 0;
  while (values.pop(value) == boost::fibers::channel_op_status::success)
    if (!handle(value))
      return false;
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nobody receives from 'values' any more when the loop is left here
  return true;
}

// The value that means the end is the last one that is sent.
void good_sentinel() {
  Channel values(8);
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.push(-1);
  });
  for (int value : values)
    if (value < 0)
      break;
  producer.join();
}

// A queue of one's own.
class Queue {
public:
  bool push(int v) {
    std::unique_lock<std::mutex> lock(m);
    room.wait(lock, [this] { return closed || items.size() < 8; });
    if (closed)
      return false;
    items.push_back(v);
    some.notify_one();
    return true;
  }
  bool pop(int &v) {
    std::unique_lock<std::mutex> lock(m);
    some.wait(lock, [this] { return closed || !items.empty(); });
    if (items.empty())
      return false;
    v = items.front();
    items.pop_front();
    room.notify_one();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    closed = true;
    some.notify_all();
    room.notify_all();
  }

private:
  std::deque<int> items;
  bool closed = false;
  std::mutex m;
  std::condition_variable some, room;
};

bool bad_own() {
  Queue values;
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  bool ok = true;
  int value = 0;
  while (values.pop(value)) {
    ok = handle(value);
    if (!ok)
      break;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nobody receives from 'values' any more when the loop is left here
  }
  producer.join();
  return ok;
}

bool good_own() {
  Queue values;
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  bool ok = true;
  int value = 0;
  while (values.pop(value)) {
    ok = handle(value);
    if (!ok) {
      values.close();
      break;
    }
  }
  producer.join();
  return ok;
}

// Another one goes on.
void good_twoConsumers() {
  Queue values;
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  auto consume = [&values] {
    int value = 0;
    while (values.pop(value))
      if (!handle(value))
        return;
  };
  std::thread one(consume), two(consume);
  one.join();
  two.join();
  producer.join();
}

void bad_consumer() {
  Queue values;
  std::thread producer([&values] {
    for (int i = 0; i < 1000; ++i)
      values.push(i);
    values.close();
  });
  std::thread consumer([&values] {
    int value = 0;
    while (values.pop(value))
      if (!handle(value))
        return;
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody receives from 'values' any more when the loop is left here
  });
  consumer.join();
  producer.join();
}
