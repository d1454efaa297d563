// One branch notifies, the other one doesn't.
//
// RUN: %check_leaks %s leak-missed-wakeup -- -std=c++17

#include <condition_variable>
#include <deque>
#include <mutex>

class BadOneBranch {
public:
  void done(int result) {
    std::lock_guard<std::mutex> lock(m);
    if (result < 0) {
      state = 2;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'state' changes without a notification of 'cv'; who waits for it is not woken [leak-missed-wakeup]
    } else {
      state = 1;
      cv.notify_all();
    }
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (state == 0)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int state = 0;
};

class GoodAfterBoth {
public:
  void done(int result) {
    std::lock_guard<std::mutex> lock(m);
    if (result < 0) {
      state = 2;
    } else {
      state = 1;
      cv.notify_all();
    }
    cv.notify_all();
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (state == 0)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int state = 0;
};

// Nobody waits while there is something.
class GoodEdge {
public:
  void put(int item) {
    std::lock_guard<std::mutex> lock(m);
    if (items.empty()) {
      items.push_back(item);
      cv.notify_one();
    } else {
      items.push_back(item);
    }
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

// The next turn of the loop may notify.
class GoodLoop {
public:
  void done(const int *results, int n) {
    std::lock_guard<std::mutex> lock(m);
    for (int i = 0; i != n; ++i) {
      if (results[i])
        state = 1;
      else
        cv.notify_all();
    }
  }
  void wait() {
    std::unique_lock<std::mutex> lock(m);
    while (state == 0)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  int state = 0;
};

// The number stays the same.
class GoodPutBack {
public:
  void rotate() {
    std::lock_guard<std::mutex> lock(m);
    int item = items.front();
    items.pop_front();
    items.push_back(item);
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

// Nobody waits yet.
class GoodInit {
public:
  void initFull(int n) {
    for (int i = 0; i != n; ++i)
      items.push_back(i);
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

// It fills the room that it makes.
class GoodDropsOldest {
public:
  void put(int item) {
    std::lock_guard<std::mutex> lock(m);
    while (items.size() >= 10)
      items.pop_front();
    items.push_back(item);
  }
  void take() {
    std::lock_guard<std::mutex> lock(m);
    items.pop_front();
    cv.notify_all();
  }
  void waitForRoom() {
    std::unique_lock<std::mutex> lock(m);
    while (items.size() >= 10)
      cv.wait(lock);
  }

private:
  std::mutex m;
  std::condition_variable cv;
  std::deque<int> items;
};
