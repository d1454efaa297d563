// One other way out is enough where the path that forgets logs an error.
//
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <utility>

enum Level { eLogDebug, eLogError };
void LogPrint(Level, const char *);
#define LOG_ERROR(TEXT)                                                        \
  do {                                                                         \
    if (enabled(eLogError))                                                    \
      LogPrint(eLogError, TEXT);                                               \
  } while (false)
#define LOG_DEBUG(TEXT) LogPrint(eLogDebug, TEXT)
bool enabled(Level);
bool valid(int);
struct Request {
  std::function<void(int)> complete;
};
std::shared_ptr<Request> create(int);
void send(std::shared_ptr<Request>);
void post(std::function<void()>);

void bad_else(int id, std::function<void(int)> requestComplete) {
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'requestComplete' is not called on every path;
  auto request = create(id);
  if (request) {
    request->complete = requestComplete;
    send(request);
  } else
    LogPrint(eLogError, "nobody to ask");
}

void bad_macro(int id, std::function<void(int)> callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'callback' is not called on every path;
  if (!valid(id)) {
    LOG_ERROR("no such id");
    return;
  }
  post([id, callback] { callback(id); });
}

void bad_stream(int id, std::function<void(int)> callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:50: warning: 'callback' is not called on every path;
  if (!valid(id)) {
    std::cerr << "no such id";
    return;
  }
  callback(id);
}

void bad_stdio(int id, std::function<void(int)> callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: 'callback' is not called on every path;
  if (id < 0 || !valid(id)) {
    std::fprintf(stderr, "no such id");
    return;
  }
  callback(id);
}

// Nothing failed.

void good_nothing_said(int id, std::function<void(int)> callback) {
  if (!valid(id))
    return;
  callback(id);
}

void good_debug(int id, std::function<void(int)> callback) {
  if (!valid(id)) {
    LOG_DEBUG("timer was stopped");
    return;
  }
  callback(id);
}

// It is said otherwise, too.

bool good_returned(int id, std::function<void(int)> callback) {
  if (!valid(id)) {
    LOG_ERROR("no such id");
    return false;
  }
  callback(id);
  return true;
}

void good_told(int id, std::function<void(int)> callback) {
  if (!valid(id)) {
    LOG_ERROR("no such id");
    callback(-1);
    return;
  }
  callback(id);
}

void sendError(const char *);
enum class Answer { Ok, Error };
void send(Answer);

void good_sent(int id, std::function<void(int)> callback) {
  if (!valid(id))
    sendError("no such id");
  else
    callback(id);
}

void good_sent_code(int id, std::function<void(int)> callback) {
  if (!valid(id))
    send(Answer::Error);
  else
    callback(id);
}

void good_logged_and_more(int id, std::function<void(int)> callback) {
  if (!valid(id)) {
    LOG_ERROR("no such id");
    send(nullptr);
    return;
  }
  callback(id);
}

// A callback that is set for later calls.

class Server {
public:
  void good_member(std::function<void(int)> callback) {
    if (running_) {
      LOG_ERROR("too late");
      return;
    }
    callback_ = std::move(callback);
  }

  void setCallback(std::function<void(int)> callback) {
    if (running_) {
      LOG_ERROR("too late");
      return;
    }
    inner_->complete = std::move(callback);
  }

private:
  bool running_ = false;
  std::function<void(int)> callback_;
  std::shared_ptr<Request> inner_;
};

// Before the loop that calls it for each.

struct Message {};
std::shared_ptr<Message> next(int);

void bad_before_loop(int id, std::function<void(int)> callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:55: warning: 'callback' is not called on every path;
  if (id < 0) {
    callback(-1);
    return;
  }
  if (!valid(id)) {
    LOG_ERROR("no such id");
    return;
  }
  while (auto message = next(id))
    post([message, callback] { callback(1); });
}

void good_before_loop(int id, std::function<void(int)> callback) {
  if (id < 0) {
    callback(-1);
    return;
  }
  if (!valid(id))
    return;
  while (auto message = next(id))
    post([message, callback] { callback(1); });
}

void good_in_loop(int id, std::function<void(int)> callback) {
  while (auto message = next(id)) {
    if (!valid(id)) {
      LOG_ERROR("no such id");
      continue;
    }
    callback(1);
  }
}
