// What may be left to others on purpose: the last of several calls, the owner
// that is gone.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using ResultCallback = std::function<void(int)>;
void ask(int, ResultCallback);
bool valid(int);

class Group : public std::enable_shared_from_this<Group> {
public:
  void good_last_of_all(ResultCallback callback) {
    auto left = std::make_shared<std::atomic<int>>(3);
    for (int i = 0; i < 3; ++i)
      ask(i, [left, callback](int error) {
        if (error) {
          left->store(-1);
          callback(error);
          return;
        }
        if (--(*left) == 0)
          callback(0);
      });
  }

  void good_first_of_all(const std::shared_ptr<std::atomic<bool>> &told,
                         ResultCallback callback) {
    if (told->exchange(true))
      return;
    if (!valid(open)) {
      callback(-1);
      return;
    }
    callback(0);
  }

  void good_member_counts(int error, const ResultCallback &callback) {
    if (error) {
      callback(error);
      return;
    }
    if (open > 0)
      --open;
    if (!open) {
      callback(0);
      return;
    }
  }

  void good_failed_before(int error, const ResultCallback &callback) {
    if (failed)
      return;
    if (error) {
      failed = true;
      callback(error);
      return;
    }
    callback(0);
  }

  void bad_state_of_others(int error, const ResultCallback &callback) {
    // CHECK-MESSAGES: :[[@LINE-1]]:61: warning: 'callback' is not called on every path;
    if (closing)
      return;
    if (error) {
      callback(error);
      return;
    }
    callback(0);
  }

  // Nothing here is told when the owner is gone.
  void good_owner_gone(ResultCallback callback) {
    ask(1, [weak = weak_from_this(),
            callback = std::move(callback)](int error) mutable {
      auto self = weak.lock();
      if (!self)
        return;
      if (error) {
        callback(error);
        return;
      }
      ask(2, std::move(callback));
    });
  }

  void good_owner_is_there(ResultCallback callback) {
    ask(1, [weak = weak_from_this(),
            callback = std::move(callback)](int error) mutable {
      if (error) {
        callback(error);
        return;
      }
      if (auto self = weak.lock())
        ask(self->open, std::move(callback));
    });
  }

private:
  int open = 0;
  bool failed = false, closing = false;
};

// A variable tells which branch was taken.

struct Link {
  void ask(std::function<void(int)> callback);
};

class Pool {
public:
  void good_taken_or_queued(std::function<void(int)> callback) {
    std::shared_ptr<Link> link;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (free_.empty()) {
        waiting_.push_back(callback);
      } else {
        link = free_.back();
        free_.pop_back();
      }
    }
    if (link)
      link->ask(std::move(callback));
  }

  void bad_taken_or_forgotten(int id, std::function<void(int)> callback) {
    // CHECK-MESSAGES: :[[@LINE-1]]:64: warning: 'callback' is not called on every path;
    if (id < 0) {
      callback(-1);
      return;
    }
    std::shared_ptr<Link> link = find(id);
    if (link)
      link->ask(std::move(callback));
  }

private:
  std::shared_ptr<Link> find(int id);
  std::mutex mutex_;
  std::vector<std::shared_ptr<Link>> free_;
  std::vector<std::function<void(int)>> waiting_;
};
