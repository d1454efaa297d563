#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace house {

// A channel that can be closed.
template <typename T> class BlockingQueue {
public:
  void push(T Value) {
    {
      std::lock_guard<std::mutex> Lock(M);
      Items.push_back(Value);
    }
    Cv.notify_one();
  }
  bool pop(T &Value) {
    std::unique_lock<std::mutex> Lock(M);
    Cv.wait(Lock, [this] { return Closed || !Items.empty(); });
    if (Items.empty())
      return false;
    Value = Items.front();
    Items.pop_front();
    return true;
  }
  void close() {
    std::lock_guard<std::mutex> Lock(M);
    Closed = true;
    Cv.notify_all();
  }
  size_t size() const { return Items.size(); }

private:
  std::deque<T> Items;
  bool Closed = false;
  std::mutex M;
  std::condition_variable Cv;
};

// One that can't.
class Mailbox {
public:
  void post(int Value) {
    std::lock_guard<std::mutex> Lock(M);
    Items.push_back(Value);
    Cv.notify_one();
  }
  int take() {
    std::unique_lock<std::mutex> Lock(M);
    while (Items.empty())
      Cv.wait(Lock);
    int Value = Items.front();
    Items.pop_front();
    return Value;
  }

private:
  std::deque<int> Items;
  std::mutex M;
  std::condition_variable Cv;
};

class WaitGroup {
public:
  void add() {
    std::lock_guard<std::mutex> Lock(M);
    ++Count;
  }
  void done() {
    std::lock_guard<std::mutex> Lock(M);
    if (--Count == 0)
      Cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> Lock(M);
    Cv.wait(Lock, [&] { return Count == 0; });
  }

private:
  int Count = 0;
  std::mutex M;
  std::condition_variable Cv;
};

class Semaphore {
public:
  void release() {
    std::lock_guard<std::mutex> Lock(M);
    ++Count;
    Cv.notify_one();
  }
  void acquire() {
    std::unique_lock<std::mutex> Lock(M);
    Cv.wait(Lock, [&] { return Count > 0; });
    --Count;
  }

private:
  int Count = 0;
  std::mutex M;
  std::condition_variable Cv;
};

class Event {
public:
  void set() {
    std::lock_guard<std::mutex> Lock(M);
    On = true;
    Cv.notify_all();
  }
  void reset() {
    std::lock_guard<std::mutex> Lock(M);
    On = false;
  }
  void wait() {
    std::unique_lock<std::mutex> Lock(M);
    Cv.wait(Lock, [&] { return On; });
  }

private:
  bool On = false;
  std::mutex M;
  std::condition_variable Cv;
};

// A class with work of its own is none of these.
class Server {
public:
  void stop() {
    std::lock_guard<std::mutex> Lock(M);
    Stopped = true;
    Cv.notify_all();
  }
  void run() {
    std::unique_lock<std::mutex> Lock(M);
    Cv.wait(Lock, [this] { return Stopped; });
  }
  int port() const { return Port; }
  void listen(int P) { Port = P; }
  void accept() { ++Port; }

private:
  int Port = 0;
  bool Stopped = false;
  std::mutex M;
  std::condition_variable Cv;
};

void use(BlockingQueue<int> &Q) {
  int Value;
  Q.push(1);
  Q.pop(Value);
  Q.close();
}

} // namespace house
