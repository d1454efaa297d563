// Callbacks by which a function tells that it has ended.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using ResultCallback = std::function<void(int, const std::string &)>;

struct Connection {
  bool open() const;
  void send(const std::string &, ResultCallback);
  ResultCallback pending;
};
Connection *find(int id);
bool valid(int id);
void log(const char *);
std::string render(int);

// Left early.

void bad_early_return(int id, ResultCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'callback' is not called on every path; this function returns without having called it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
  if (id < 0) {
    callback(-1, "no such id");
    return;
  }
  Connection *c = find(id);
  if (!c)
    return;
  c->send("x", std::move(callback));
}

void good_early_return(int id, ResultCallback callback) {
  if (id < 0) {
    callback(-1, "no such id");
    return;
  }
  Connection *c = find(id);
  if (!c) {
    callback(-2, "gone");
    return;
  }
  c->send("x", std::move(callback));
}

void bad_goto(int id, const ResultCallback &callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'callback' is not called on every path;
  Connection *c = find(id);
  if (!c)
    goto out;
  if (!c->open()) {
    callback(-1, "closed");
    return;
  }
  callback(0, "");
  return;
out:
  log("not found");
}

void good_goto(int id, const ResultCallback &callback) {
  Connection *c = find(id);
  if (!c)
    goto out;
  if (!c->open()) {
    callback(-1, "closed");
    return;
  }
  callback(0, "");
  return;
out:
  callback(-2, "not found");
}

void bad_handler_of_exceptions(int id, ResultCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:55: warning: 'callback' is not called on every path;
  std::string text;
  try {
    text = render(id);
  } catch (const std::bad_alloc &) {
    callback(-1, "no memory");
    return;
  } catch (...) {
    log("failed");
    return;
  }
  find(id)->send(text, std::move(callback));
}

void good_not_caught(int id, ResultCallback callback) {
  std::string text;
  try {
    text = render(id);
  } catch (const std::bad_alloc &) {
    callback(-1, "no memory");
    return;
  }
  find(id)->send(text, std::move(callback));
}

// The callback may be missing.

void good_there_is_none(int id, ResultCallback callback) {
  if (!callback)
    return;
  if (id < 0) {
    callback(-1, "no such id");
    return;
  }
  find(id)->send("x", callback);
}

void good_asked_each_time(int id, const ResultCallback &callback) {
  if (id < 0) {
    if (callback)
      callback(-1, "no such id");
    return;
  }
  if (callback != nullptr && valid(id))
    callback(0, "");
  else if (callback)
    callback(1, "");
}

void bad_asked_each_time(int id, const ResultCallback &callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'callback' is not called on every path;
  if (id < 0) {
    if (callback)
      callback(-1, "no such id");
    return;
  }
  if (id == 7)
    return;
  if (callback)
    callback(0, "");
}

// Kept.

void good_stored(Connection &c, int id, ResultCallback callback) {
  if (id < 0) {
    callback(-1, "no such id");
    return;
  }
  c.pending = std::move(callback);
}

void good_swapped(Connection &c, int id, ResultCallback callback) {
  if (id < 0) {
    callback(-1, "no such id");
    return;
  }
  callback.swap(c.pending);
}

void good_helper(int id, const ResultCallback &callback) {
  auto fail = [&](const char *why) { callback(-1, why); };
  if (id < 0) {
    fail("no such id");
    return;
  }
  Connection *c = find(id);
  if (!c) {
    fail("gone");
    return;
  }
  callback(0, "");
}

void bad_helper(int id, const ResultCallback &callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'callback' is not called on every path;
  auto fail = [&](const char *why) { callback(-1, why); };
  if (id < 0) {
    fail("no such id");
    return;
  }
  Connection *c = find(id);
  if (!c)
    return;
  callback(0, "");
}

// Captured by a continuation.

class Session : public std::enable_shared_from_this<Session> {
public:
  void bad_owner_gone(ResultCallback done) {
    std::weak_ptr<Session> weak = weak_from_this();
    c.send("x", [weak, done](int error, const std::string &text) {
      // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'done' is not called on every path;
      auto self = weak.lock();
      if (!self)
        return;
      if (error) {
        done(error, "");
        return;
      }
      done(0, text);
    });
  }

  void good_owner_gone(ResultCallback done) {
    std::weak_ptr<Session> weak = weak_from_this();
    c.send("x", [weak, done](int error, const std::string &text) {
      auto self = weak.lock();
      if (!self) {
        done(-1, "");
        return;
      }
      if (error) {
        done(error, "");
        return;
      }
      done(0, text);
    });
  }

  void bad_moved_in(ResultCallback callback) {
    c.send("x", [done = std::move(callback), this](int error,
                                                   const std::string &text) {
      // CHECK-MESSAGES: :[[@LINE-2]]:18: warning: 'done' is not called on every path;
      if (error == 3)
        return;
      if (error) {
        done(error, "");
        return;
      }
      c.send(text, done);
    });
  }

private:
  Connection c;
};

// Other types.

template <typename Handler> void bad_template(int id, Handler &&callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:65: warning: 'callback' is not called on every path;
  if (id < 0) {
    callback(std::make_error_code(std::errc::invalid_argument));
    return;
  }
  if (!valid(id))
    return;
  std::forward<Handler>(callback)(std::error_code());
}

void instantiate() {
  bad_template(1, [](std::error_code) {});
}

void bad_pointer(int id, void (*done)(void *, int), void *arg) {
  // CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'done' is not called on every path;
  if (id < 0) {
    done(arg, -1);
    return;
  }
  if (!valid(id))
    return;
  done(arg, 0);
}

struct Closure {
  virtual ~Closure();
  virtual void Run() = 0;
};

void bad_closure(int id, Closure *done) {
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'done' is not called on every path;
  if (id < 0) {
    done->Run();
    return;
  }
  if (!valid(id))
    return;
  done->Run();
}

void good_closure(int id, Closure *done) {
  if (id < 0) {
    done->Run();
    return;
  }
  if (!valid(id))
    log("not valid");
  done->Run();
}

// Told otherwise.

bool good_false_is_returned(int id, ResultCallback callback) {
  Connection *c = find(id);
  if (!c)
    return false;
  if (!c->open()) {
    callback(-1, "closed");
    return true;
  }
  c->send("x", std::move(callback));
  return true;
}

bool bad_false_is_returned(int id, ResultCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:51: warning: 'callback' is not called on every path;
  Connection *c = find(id);
  if (!c)
    return false;
  if (!c->open()) {
    callback(-1, "closed");
    return false;
  }
  c->send("x", std::move(callback));
  return true;
}

void good_throws(int id, ResultCallback callback) {
  if (id < 0)
    throw std::system_error(std::make_error_code(std::errc::io_error));
  if (id == 0) {
    callback(-1, "");
    return;
  }
  callback(0, "");
}

// One for success, one for failure.

void good_pair(int id, std::function<void()> onDone,
               std::function<void(int)> errorCallback) {
  if (id < 0) {
    errorCallback(-1);
    return;
  }
  if (!valid(id)) {
    errorCallback(-2);
    return;
  }
  onDone();
}

void bad_pair(int id, std::function<void()> onDone,
              // CHECK-MESSAGES: :[[@LINE+1]]:40: warning: 'errorCallback' is not called on every path;
              std::function<void(int)> errorCallback) {
  if (id < 0) {
    errorCallback(-1);
    return;
  }
  if (!valid(id))
    return;
  onDone();
}

// Not completions.

void good_visitor(const std::vector<int> &all,
                  const std::function<void(int)> &callback) {
  if (all.empty())
    return;
  callback(-1);
  for (int each : all)
    if (each > 3)
      callback(each);
}

void good_found_or_not(const std::vector<int> &all,
                       const std::function<void(int)> &callback) {
  for (int each : all) {
    if (each == 3) {
      callback(each);
      return;
    }
    if (each == 4) {
      callback(each + 1);
      return;
    }
  }
}

int good_result_is_used(int id, const std::function<int(int)> &callback) {
  if (id < 0)
    return callback(-1);
  if (id == 3)
    return callback(3);
  return id;
}

void good_filter(int id, const std::function<void(int)> &eventCallback) {
  if (id < 0) {
    eventCallback(id);
    return;
  }
  if (id == 4)
    return;
  eventCallback(0);
}

void good_set_handler(Connection &c, ResultCallback callback) {
  if (!c.open())
    return;
  c.pending = std::move(callback);
}
