// Promises, events, and classes of the project's own that are like them.
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

bool valid(int);
void post(std::function<void()>);

// By reference or shared: it isn't broken by the end of this function.

void bad_reference(int id, std::promise<int> &promise) {
  // CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'promise' is not set on every path; this function returns without having set it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
  if (id < 0) {
    promise.set_exception(
        std::make_exception_ptr(std::runtime_error("no such id")));
    return;
  }
  if (!valid(id))
    return;
  promise.set_value(id);
}

void good_reference(int id, std::promise<int> &promise) {
  if (id < 0) {
    promise.set_exception(
        std::make_exception_ptr(std::runtime_error("no such id")));
    return;
  }
  if (!valid(id)) {
    promise.set_value(0);
    return;
  }
  promise.set_value(id);
}

void bad_shared(int id) {
  auto answer = std::make_shared<std::promise<int>>();
  post([id, answer] {
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'answer' is not set on every path;
    if (id < 0) {
      answer->set_value(0);
      return;
    }
    if (!valid(id))
      return;
    answer->set_value(id);
  });
  answer->get_future().wait();
}

// By value: those who wait are told by the promise's end.

void good_value(int id, std::promise<int> promise) {
  if (id < 0) {
    promise.set_value(0);
    return;
  }
  if (!valid(id))
    return;
  promise.set_value(id);
}

// A class of one's own.

struct State;
class Answer {
public:
  bool setValue(int) const;
  bool setFailed(const std::string &) const;
  std::future<int> getFuture() const;

private:
  std::shared_ptr<State> state;
};
void ask(int, Answer);

std::future<int> bad_local(int id) {
  Answer answer;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'answer' is not set on every path;
  auto future = answer.getFuture();
  if (id < 0) {
    answer.setFailed("no such id");
    return future;
  }
  if (!valid(id))
    return future;
  ask(id, answer);
  return future;
}

std::future<int> bad_local_not_named(int id) {
  Answer answer;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'answer' is not set on every path;
  if (id < 0) {
    answer.setFailed("no such id");
    return answer.getFuture();
  }
  if (!valid(id))
    return answer.getFuture();
  ask(id, answer);
  return answer.getFuture();
}

std::future<int> good_local(int id) {
  Answer answer;
  if (!valid(id))
    return {};
  auto future = answer.getFuture();
  if (id < 0) {
    answer.setFailed("no such id");
    return future;
  }
  ask(id, answer);
  return future;
}

// Set twice.

void bad_no_return(int id, std::promise<int> &promise) {
  if (id < 0)
    promise.set_value(0);
  promise.set_value(id);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'promise' is set twice on this path; the second time throws [leak-unfulfilled-promise]
}

void good_return(int id, std::promise<int> &promise) {
  if (id < 0) {
    promise.set_value(0);
    return;
  }
  promise.set_value(id);
}

void good_set_in_try(int id, std::promise<int> &promise) {
  try {
    promise.set_value(std::stoi(std::to_string(id)));
  } catch (...) {
    promise.set_exception(std::current_exception());
  }
}
