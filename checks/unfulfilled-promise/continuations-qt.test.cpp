// What runs only after success, with Qt's futures.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-unfulfilled-promise -- %qt6

#include <QFuture>
#include <QObject>
#include <functional>

using Done = std::function<void(int)>;
QFuture<int> ask(int);
void use(int);

void bad_value(int id, Done done) {
  ask(id).then([done](int value) { done(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'done' is only called when this succeeds; after a failure whoever waits for it waits for ever [leak-unfulfilled-promise]
}

void bad_context(int id, QObject *context, Done done) {
  ask(id).then(context, [done](int value) { done(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'done' is only called when this succeeds;
}

void bad_result(int id, Done done) {
  ask(id).then([done](QFuture<int> f) { done(f.result()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'done' is only called when this succeeds;
}

void good_failed(int id, Done done) {
  ask(id)
      .then([done](int value) { done(value); })
      .onFailed([done] { done(-1); });
}

void good_canceled(int id, Done done) {
  ask(id)
      .onFailed([] { return -1; })
      .then([done](int value) { done(value); });
}

void good_asked(int id, Done done) {
  ask(id).then([done](QFuture<int> f) {
    if (f.isCanceled())
      done(-1);
    else
      done(f.result());
  });
}

QFuture<void> good_returned(int id, Done done) {
  return ask(id).then([done](int value) { done(value); });
}

void good_no_completion(int id) {
  ask(id).then([id](int value) { use(id + value); });
}
