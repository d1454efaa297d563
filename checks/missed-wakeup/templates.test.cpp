// Templates of which this file has no instance, or not of all methods.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>
#include <queue>

template <typename T> class BadBounded {
public:
  void push(T item) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return items.size() < limit; });
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing notifies 'notFull'; this wait never ends [leak-missed-wakeup]
    items.push(std::move(item));
    notEmpty.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return !items.empty(); });
    T item = std::move(items.front());
    items.pop();
    return item;
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::queue<T> items;
  size_t limit = 10;
};

template <typename T> class BadOnePop {
public:
  void push(T item) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return items.size() < limit; });
    items.push(std::move(item));
    notEmpty.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return !items.empty(); });
    T item = std::move(items.front());
    items.pop();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'items' changes without a notification of 'notFull'; who waits for it is not woken [leak-missed-wakeup]
    return item;
  }
  void drop() {
    std::lock_guard<std::mutex> lock(m);
    items.pop();
    notFull.notify_one();
  }

private:
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::queue<T> items;
  size_t limit = 10;
};

template <typename T> class GoodBounded {
public:
  void push(T item) {
    std::unique_lock<std::mutex> lock(m);
    notFull.wait(lock, [this] { return items.size() < limit; });
    items.push(std::move(item));
    notEmpty.notify_one();
  }
  T pop() {
    std::unique_lock<std::mutex> lock(m);
    notEmpty.wait(lock, [this] { return !items.empty(); });
    return take();
  }
  bool tryPop(T &into) {
    std::lock_guard lock(m);
    if (items.empty())
      return false;
    into = take();
    return true;
  }

private:
  T take() {
    T item = std::move(items.front());
    items.pop();
    notFull.notify_one();
    return item;
  }
  std::mutex m;
  std::condition_variable notEmpty, notFull;
  std::queue<T> items;
  size_t limit = 10;
};

template <typename T, typename Mutex = std::mutex> class BadUnprotected {
public:
  void close() {
    closed = true;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'closed' changes without 'm' being held; who has just tested it and doesn't wait yet misses the notification, and waits for ever [leak-missed-wakeup]
    cv.notify_all();
  }
  bool pop(T &into) {
    std::unique_lock<Mutex> lock(m);
    cv.wait(lock, [this] { return closed || !items.empty(); });
    if (items.empty())
      return false;
    into = items.front();
    items.pop_front();
    return true;
  }

private:
  Mutex m;
  std::condition_variable_any cv;
  std::deque<T> items;
  bool closed = false;
};

template <typename T, typename Mutex = std::mutex> class GoodProtected {
public:
  void close() {
    std::lock_guard<Mutex> lock(m);
    closed = true;
    cv.notify_all();
  }
  bool pop(T &into) {
    std::unique_lock<Mutex> lock(m);
    cv.wait(lock, [this] { return closed || !items.empty(); });
    if (items.empty())
      return false;
    into = items.front();
    items.pop_front();
    return true;
  }

private:
  Mutex m;
  std::condition_variable_any cv;
  std::deque<T> items;
  bool closed = false;
};

// A base that depends on the template may notify.
template <typename Base> class GoodDerived : Base {
public:
  void put(int item) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(item);
    this->added();
  }
  void close() {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(0);
    cv.notify_all();
  }
  void get() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty())
      cv.wait(lock);
    items.pop_front();
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> items;
};

// A method that is a template, of a class that isn't.
class BadMethod {
public:
  template <typename F> void post(F f) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(f());
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'items' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
  }
  void put(int item) {
    std::lock_guard<std::mutex> lock(m);
    items.push_back(item);
    cv.notify_one();
  }
  int get() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty())
      cv.wait(lock);
    int item = items.front();
    items.pop_front();
    return item;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> items;
};

// One method has an instance, the others none.
template <typename T> class GoodPartly {
public:
  void put(T item) {
    {
      std::lock_guard<std::mutex> lock(m);
      items.push_back(item);
    }
    cv.notify_one();
  }
  template <typename... A> void emplace(A &&...args) {
    put(T(args...));
  }
  T get() {
    std::unique_lock<std::mutex> lock(m);
    while (items.empty())
      cv.wait(lock);
    T item = items.front();
    items.pop_front();
    return item;
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<T> items;
};
int partly(GoodPartly<int> &p) { return p.get(); }
