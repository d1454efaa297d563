// A thread that asks somebody, and waits for the answer.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++17

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

void send(int id);
void handle(int answer);

class Bad {
public:
  Bad() : thread_(&Bad::run, this) {}
  ~Bad() {
    stop_ = true;
    thread_.join();
  }
  void answer(int value) { promise_.set_value(value); }

private:
  void run() {
    while (!stop_) {
      promise_ = std::promise<int>();
      auto future = promise_.get_future();
      send(0);
      handle(future.get());
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join, which never returns [leak-ignored-stop-token]
    }
  }
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// One for each request, in a map.
class BadMap {
public:
  BadMap() : thread_(&BadMap::run, this) {}
  ~BadMap() { stop(); }
  void stop() {
    stop_ = true;
    if (thread_.joinable())
      thread_.join();
  }
  void answer(int id, int value) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto it = waiting_.find(id);
    if (it == waiting_.end())
      return;
    it->second->set_value(value);
    waiting_.erase(it);
  }

private:
  void run() {
    for (int id = 0; !stop_; ++id) {
      auto promise = std::make_shared<std::promise<int>>();
      {
        std::lock_guard<std::mutex> lock(mutex_);
        waiting_[id] = promise;
      }
      send(id);
      handle(promise->get_future().get());
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: this call may wait for ever between two looks at 'stop_'
    }
  }
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::map<int, std::shared_ptr<std::promise<int>>> waiting_;
  std::thread thread_;
};

// Who stops answers.
class GoodAnswered {
public:
  GoodAnswered() : thread_(&GoodAnswered::run, this) {}
  ~GoodAnswered() {
    stop_ = true;
    promise_.set_value(-1);
    thread_.join();
  }
  void answer(int value) { promise_.set_value(value); }

private:
  void run() {
    while (!stop_) {
      auto future = promise_.get_future();
      send(0);
      handle(future.get());
      promise_ = std::promise<int>();
    }
  }
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// A promise that is dropped is an answer as well.
class GoodDropped {
public:
  GoodDropped() : thread_(&GoodDropped::run, this) {}
  ~GoodDropped() {
    stop_ = true;
    drop();
    thread_.join();
  }
  void answer(int id, int value) { waiting_[id]->set_value(value); }

private:
  void drop() { waiting_.clear(); }
  void run() {
    for (int id = 0; !stop_; ++id) {
      auto promise = std::make_shared<std::promise<int>>();
      waiting_[id] = promise;
      send(id);
      handle(promise->get_future().get());
    }
  }
  std::atomic<bool> stop_{false};
  std::map<int, std::shared_ptr<std::promise<int>>> waiting_;
  std::thread thread_;
};

// What closes the connection may fail what waits for it.
struct Connection {
  void close();
};

class GoodClosed {
public:
  GoodClosed() : thread_(&GoodClosed::run, this) {}
  ~GoodClosed() {
    stop_ = true;
    connection_.close();
    thread_.join();
  }
  void answer(int value) { promise_.set_value(value); }

private:
  void run() {
    while (!stop_) {
      promise_ = std::promise<int>();
      send(0);
      handle(promise_.get_future().get());
    }
  }
  Connection connection_;
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// Somebody is told when the connection is lost.
class GoodLost {
public:
  GoodLost() : thread_(&GoodLost::run, this) {}
  ~GoodLost() {
    stop_ = true;
    thread_.join();
  }
  void answer(int value) { promise_.set_value(value); }
  void disconnected() { promise_.set_value(-1); }

private:
  void run() {
    while (!stop_) {
      promise_ = std::promise<int>();
      send(0);
      handle(promise_.get_future().get());
    }
  }
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// A task of its own answers.
class GoodTask {
public:
  GoodTask() : thread_(&GoodTask::run, this) {}
  ~GoodTask() {
    stop_ = true;
    thread_.join();
  }

private:
  void work() { promise_.set_value(1); }
  void run() {
    while (!stop_) {
      promise_ = std::promise<int>();
      std::thread other(&GoodTask::work, this);
      handle(promise_.get_future().get());
      other.join();
    }
  }
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// For a time.
class GoodTimed {
public:
  GoodTimed() : thread_(&GoodTimed::run, this) {}
  ~GoodTimed() {
    stop_ = true;
    thread_.join();
  }
  void answer(int value) { promise_.set_value(value); }

private:
  void run() {
    while (!stop_) {
      promise_ = std::promise<int>();
      auto future = promise_.get_future();
      send(0);
      if (future.wait_for(std::chrono::seconds(1)) == std::future_status::ready)
        handle(1);
    }
  }
  std::atomic<bool> stop_{false};
  std::promise<int> promise_;
  std::thread thread_;
};

// It ends by itself.
std::future<int> begin();

class GoodElsewhere {
public:
  GoodElsewhere() : thread_(&GoodElsewhere::run, this) {}
  ~GoodElsewhere() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      handle(begin().get());
      handle(std::async(std::launch::async, [] { return 1; }).get());
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
