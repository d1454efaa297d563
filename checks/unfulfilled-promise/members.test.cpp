// Callbacks in members, and in objects that a function makes.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

using Callback = std::function<void(int)>;
bool valid(int);
void post(std::function<void()>);
void use(const std::string &);

// A member that several ways out of a method call.

class Connect {
public:
  void bad_resolved(const std::error_code &error, int count) {
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'callback_' is not called on every path; this function returns without having called it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
    if (error) {
      callback_(-1);
      return;
    }
    if (count == 0)
      return;
    if (count > 9) {
      callback_(-9);
      return;
    }
    callback_(count);
  }

  void good_resolved(const std::error_code &error, int count) {
    if (error) {
      callback_(-1);
      return;
    }
    if (count == 0) {
      callback_(-2);
      return;
    }
    callback_(count);
  }

  // Another method may do it.
  void good_method(const std::error_code &error, int count) {
    if (error) {
      callback_(-1);
      return;
    }
    if (count == 0) {
      again();
      return;
    }
    if (count > 9) {
      callback_(-9);
      return;
    }
    callback_(count);
  }

  void good_this(const std::error_code &error, int count) {
    if (error) {
      callback_(-1);
      return;
    }
    if (count == 0) {
      post([this] { again(); });
      return;
    }
    callback_(count);
  }

  // The object knows that there is more to come, or that it has been called.
  void good_state(const std::error_code &error, int count) {
    if (error) {
      callback_(-1);
      return;
    }
    if (open_)
      return;
    if (count > 9) {
      callback_(-9);
      return;
    }
    callback_(count);
  }

  void good_none(const std::error_code &error, int count) {
    if (!callback_)
      return;
    if (error) {
      callback_(-1);
      return;
    }
    callback_(count);
  }

  // What else is done there may lead to it.
  void good_more(const std::error_code &error, int count) {
    if (error) {
      callback_(-1);
      return;
    }
    if (count == 0) {
      parts_.clear();
      return;
    }
    if (count > 9) {
      callback_(-9);
      return;
    }
    callback_(count);
  }

  // No completion: there is one for each.
  void good_listener(const std::error_code &error, int count) {
    if (error) {
      onData_(-1);
      return;
    }
    if (count == 0)
      return;
    if (count > 9) {
      onData_(-9);
      return;
    }
    onData_(count);
  }

private:
  void again();
  Callback callback_;
  std::function<void(int)> onData_;
  std::vector<std::string> parts_;
  bool open_ = false;
};

// Lost with the object that it was put into.

struct Request {
  int id = 0;
  Callback callback;
  Request *next = nullptr;
};
bool prepare(int);
void enqueue(Request *);
void enqueue(std::unique_ptr<Request>);

void bad_lost(int id, Callback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'callback' is not called on every path;
  if (id < 0) {
    callback(-1);
    return;
  }
  auto *request = new Request;
  request->id = id;
  request->callback = std::move(callback);
  if (!prepare(id)) {
    delete request;
    return;
  }
  enqueue(request);
}

void bad_lost_owner(int id, Callback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'callback' is not called on every path;
  if (id < 0) {
    callback(-1);
    return;
  }
  auto request = std::make_unique<Request>();
  request->callback = callback;
  if (!prepare(id))
    return;
  enqueue(std::move(request));
}

void good_lost_after_call(int id, Callback callback) {
  if (id < 0) {
    callback(-1);
    return;
  }
  auto *request = new Request;
  request->callback = std::move(callback);
  if (!prepare(id)) {
    request->callback(-2);
    delete request;
    return;
  }
  enqueue(request);
}

void good_kept(int id, Callback callback) {
  if (id < 0) {
    callback(-1);
    return;
  }
  auto request = std::make_shared<Request>();
  request->callback = callback;
  post([request] { request->callback(1); });
  if (!prepare(id))
    return;
  post([request] { request->callback(2); });
}

// Somebody else has it from the beginning, or its end does it.

Request *find(int);

void good_found(int id, Callback callback) {
  if (id < 0) {
    callback(-1);
    return;
  }
  auto *request = find(id);
  request->callback = std::move(callback);
  if (!prepare(id))
    return;
  enqueue(request);
}

struct Guard {
  ~Guard();
  Callback callback;
};
void enqueue(std::unique_ptr<Guard>);

void good_destructor(int id, Callback callback) {
  if (id < 0) {
    callback(-1);
    return;
  }
  auto guard = std::make_unique<Guard>();
  guard->callback = std::move(callback);
  if (!prepare(id))
    return;
  enqueue(std::move(guard));
}

// Called twice, because a return is missing.

void bad_twice(int id, Callback callback) {
  if (!valid(id))
    callback(-1);
  callback(id);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'callback' is called twice on this path: after the first time a 'return' is missing [leak-unfulfilled-promise]
}

void bad_twice_block(int id, Callback callback) {
  if (!valid(id)) {
    std::puts("no such id");
    callback(-1);
  }
  if (prepare(id))
    callback(id);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'callback' is called twice on this path:
  else
    callback(-2);
}

void good_twice_else(int id, Callback callback) {
  if (!valid(id))
    callback(-1);
  else
    callback(id);
}

void good_twice_same_question(int id, Callback callback) {
  bool ok = valid(id);
  if (!ok)
    callback(-1);
  use("asked");
  if (ok)
    callback(id);
}

void good_twice_begin_and_end(int id, Callback callback) {
  callback(0);
  if (prepare(id))
    use("prepared");
  callback(id);
}
