// What names say of callbacks: of an operation that ends, or of something else.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <functional>
#include <memory>
#include <string>
#include <utility>

using CreateProducerCallback = std::function<void(int)>;
using ReaderCallback = std::function<void(int)>;
using MessageCallback = std::function<void(const std::string &)>;
using DataCallback = std::function<void(int)>;
bool valid(int);
void open(int, std::function<void(int)>);
void LOG_ERROR(const char *);

// The operation that is named has ended, or failed.

void bad_create(int id, CreateProducerCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'callback' is not called on every path;
  if (!valid(id))
    return;
  if (id == 7) {
    callback(-7);
    return;
  }
  open(id, std::move(callback));
}

void good_create(int id, CreateProducerCallback callback) {
  if (!valid(id)) {
    callback(-1);
    return;
  }
  if (id == 7) {
    callback(-7);
    return;
  }
  open(id, std::move(callback));
}

void bad_metadata(int id, std::function<void(int)> metadataDone) {
  // CHECK-MESSAGES: :[[@LINE-1]]:52: warning: 'metadataDone' is not called on every path;
  if (!valid(id))
    return;
  if (id == 7) {
    metadataDone(-7);
    return;
  }
  open(id, std::move(metadataDone));
}

// One for each.

void good_message(int id, MessageCallback callback) {
  if (!valid(id))
    return;
  if (id == 7) {
    callback("seven");
    return;
  }
  callback("other");
}

void good_data(int id, DataCallback callback) {
  if (!valid(id))
    return;
  if (id == 7) {
    callback(7);
    return;
  }
  callback(id);
}

void good_on_read(int id, std::function<void(int)> onRead) {
  if (!valid(id))
    return;
  if (id == 7) {
    onRead(7);
    return;
  }
  open(id, onRead);
}

// Both ways that do it come to the end together.

void bad_early_error(int id, ReaderCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'callback' is not called on every path;
  if (valid(id)) {
    if (id == 7) {
      LOG_ERROR("seven is taken");
      return;
    }
    callback(id);
  } else {
    callback(-1);
  }
}

void good_early(int id, ReaderCallback callback) {
  if (valid(id)) {
    if (id == 7)
      return;
    callback(id);
  } else {
    callback(-1);
  }
}

// In a lambda that the function calls itself.

void bad_wrapped(int id, ReaderCallback callback) {
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'callback' is not called on every path;
  auto tell = [callback](int result) { callback(result); };
  if (id < 0) {
    tell(-1);
    return;
  }
  if (!valid(id))
    return;
  open(id, tell);
}

void good_wrapped(int id, ReaderCallback callback) {
  auto tell = [callback = std::move(callback)](int result) { callback(result); };
  if (id < 0) {
    tell(-1);
    return;
  }
  if (!valid(id)) {
    tell(-2);
    return;
  }
  open(id, tell);
}
