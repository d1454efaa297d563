// What runs only after success, with Boost's futures and with folly's.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unfulfilled-promise -- -DBOOST_THREAD_VERSION=4 -I%libraries/folly

#include <boost/thread/future.hpp>
#include <folly/futures/Future.h>
#include <functional>
#include <string>
#include <utility>

using Done = std::function<void(int)>;
boost::future<int> ask(const std::string &);
folly::Future<int> fetch(const std::string &);
void keep(folly::Future<int>);
void use(int);

// The continuation takes the future, and its `get` throws.

void bad_get(const std::string &name, Done done) {
  ask(name).then([done](boost::future<int> f) { done(f.get()); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'done' is only called when this succeeds; after a failure whoever waits for it waits for ever [leak-unfulfilled-promise]
}

void bad_get_first(const std::string &name, Done done) {
  ask(name).then([done = std::move(done)](boost::future<int> f) {
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'done' is only called when this succeeds;
    int value = f.get();
    use(value);
    done(value);
  });
}

void bad_get_generic(const std::string &name, Done done) {
  ask(name).then([done](auto f) {
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'done' is only called when this succeeds;
    done(f.get());
  });
}

void good_handler(const std::string &name, Done done) {
  ask(name).then([done](boost::future<int> f) {
    try {
      done(f.get());
    } catch (...) {
      done(-1);
    }
  });
}

void good_asked(const std::string &name, Done done) {
  ask(name).then([done](boost::future<int> f) {
    if (f.has_exception())
      done(-1);
    else
      done(f.get());
  });
}

void good_called_first(const std::string &name, Done done) {
  ask(name).then([done](boost::future<int> f) {
    done(0);
    use(f.get());
  });
}

void good_waited(const std::string &name, Done done) {
  ask(name)
      .then([done](boost::future<int> f) { done(f.get()); })
      .get();
}

boost::future<void> good_returned(const std::string &name, Done done) {
  return ask(name).then([done](boost::future<int> f) { done(f.get()); });
}

void good_kept(const std::string &name, Done done) {
  auto rest = ask(name).then([done](boost::future<int> f) { done(f.get()); });
  rest.get();
}

// One that waits for nobody.

void good_no_completion(const std::string &name, std::function<void(int)> print) {
  ask(name).then([print](boost::future<int> f) { print(f.get()); });
}

void good_ready(Done done) {
  boost::make_ready_future(3).then(
      [done](boost::future<int> f) { done(f.get()); });
}

// The continuation takes the value.

void bad_value(const std::string &name, Done done) {
  fetch(name).thenValue([done](int value) { done(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'done' is only called when this succeeds;
}

void bad_chain(const std::string &name, Done done) {
  fetch(name).thenValue([](int value) { return value + 1; })
      .thenValue([done = std::move(done)](int value) { done(value); });
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'done' is only called when this succeeds;
}

void good_error(const std::string &name, Done done) {
  fetch(name)
      .thenValue([done](int value) { done(value); })
      .thenError([done](folly::exception_wrapper) { done(-1); });
}

void good_recovered(const std::string &name, Done done) {
  fetch(name)
      .thenError([](folly::exception_wrapper) { return -1; })
      .thenValue([done](int value) { done(value); });
}

void good_try(const std::string &name, Done done) {
  fetch(name).thenTry([done](folly::Try<int> result) {
    done(result.hasException() ? -1 : result.value());
  });
}

void good_both(const std::string &name, Done done) {
  auto future = fetch(name);
  std::move(future).thenValue([done](int value) { done(value); });
  std::move(future).thenError([done](folly::exception_wrapper) { done(-1); });
}

void good_given_on(const std::string &name, Done done) {
  keep(fetch(name).thenValue([done](int value) {
    done(value);
    return value;
  }));
}
