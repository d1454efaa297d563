// Calls that end something, and that one way out skips: the others say what
// must be done.
//
// RUN: %check_leaks %s leak-counter-mismatch
// RUN: %check_leaks %s leak-counter-mismatch -check-suffixes=,TWO -config="{CheckOptions: {leak-counter-mismatch.BeliefEvidence: 2}}"
// RUN: %not %clang_tidy -checks=-*,leak-counter-mismatch -config="{CheckOptions: {leak-counter-mismatch.BeliefEvidence: 'much'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=WRONG %s
// WRONG: error: the option 'leak-counter-mismatch.BeliefEvidence' wants a number above 0, not 'much'

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

void work(int);
bool closed();
int start(int);
void post(std::function<void()>);

#define ENSURE(x)                                                              \
  if (!(x))                                                                    \
  return

struct Request {
  void complete(int);
};
void later(std::unique_ptr<Request>);
void hidden(Request *);

class Server {
public:
  void bad_done(int kind);
  void good_done(int kind);
  void bad_two(int kind);
  int bad_same_result(int kind);
  int good_result_tells(int kind);
  void good_early(int kind);
  void bad_early(int kind);
  void good_macro(int kind);
  void good_success(int kind);
  void bad_failure(int kind);
  void good_depends(int kind);
  void bad_end(int kind);
  void good_before_begin(int kind);
  void good_may_not_begin(int kind);
  void good_guard(int kind);
  void good_posted(int kind);
  void good_forwarded(int kind);
  void good_forwarded_unseen(int kind);
  void bad_notify(int kind);
  void good_notify(int kind);
  void bad_loop(int kind);
  void bad_free(Request *request, int kind);
  void good_null(Request *request, int kind);
  void good_given(Request *request, int kind);
  void good_moved(std::unique_ptr<Request> request, int kind);
  void begin_stop() {
    std::lock_guard<std::mutex> lock(mutex_);
    busy_ = true;
  }
  void bad_mirror(int kind);
  void good_mirror(int kind);
  void wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [this] { return !busy_; });
  }

private:
  struct Ender {
    explicit Ender(Server &server) : server(server) {}
    ~Ender() { server.done(0); }
    Server &server;
  };
  void done(int);
  void done_with_error(int);
  void begin();
  void end();
  bool suspend();
  void resume();
  void forward(int kind) {
    work(kind);
    done(kind);
  }
  void unseen(int kind);
  std::mutex mutex_;
  std::condition_variable changed_;
  bool busy_ = false;
};

void Server::bad_done(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    work(2);
    return;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'done(1)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

void Server::good_done(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    work(2);
    done(2);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

// Two others are little evidence.
void Server::bad_two(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2)
    return;
  // CHECK-MESSAGES-TWO: :[[@LINE-1]]:5: warning: this way out doesn't call 'done(1)', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  work(kind);
  done(0);
}

int Server::bad_same_result(int kind) {
  if (kind == 1) {
    done(1);
    return -1;
  }
  if (kind == 2)
    return -1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'done(1)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 3) {
    done(3);
    return -1;
  }
  done(0);
  return 0;
}

// 1: it goes on.
int Server::good_result_tells(int kind) {
  if (kind == 1) {
    done(1);
    return -1;
  }
  if (kind == 2)
    return 1;
  if (kind == 3) {
    done(3);
    return -1;
  }
  done(0);
  return 0;
}

// Nothing was begun.
void Server::good_early(int kind) {
  if (closed())
    return;
  // CHECK-MESSAGES-TWO: :[[@LINE-1]]:5: warning: this way out doesn't call 'done(1)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

// But all of four others say something else.
void Server::bad_early(int kind) {
  if (closed())
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'done_with_error(1)', and all 4 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 1) {
    done_with_error(1);
    return;
  }
  if (kind == 2) {
    done_with_error(2);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

void Server::good_macro(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  ENSURE(kind > 0);
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

// Only errors are told.
void Server::good_success(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (int error = start(kind); !error)
    return;
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

void Server::bad_failure(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (int error = start(kind); error != 0)
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'done(1)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

// Somebody else may be about to do it.
void Server::good_depends(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    if (!closed())
      done(2);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  work(kind);
  done(0);
}

void Server::bad_end(int kind) {
  begin();
  if (kind == 1)
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'end()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 2) {
    end();
    return;
  }
  work(kind);
  end();
}

void Server::good_before_begin(int kind) {
  if (kind == 1)
    return;
  begin();
  if (kind == 2) {
    end();
    return;
  }
  work(kind);
  end();
}

void Server::good_may_not_begin(int kind) {
  if (kind == 0) {
    resume();
    return;
  }
  if (!suspend())
    return;
  if (kind == 2) {
    resume();
    return;
  }
  work(kind);
  resume();
}

void Server::good_guard(int kind) {
  Ender ender(*this);
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2)
    return;
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

void Server::good_posted(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    post([this] { done(2); });
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

void Server::good_forwarded(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    forward(2);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

void Server::good_forwarded_unseen(int kind) {
  if (kind == 1) {
    done(1);
    return;
  }
  if (kind == 2) {
    unseen(2);
    return;
  }
  if (kind == 3) {
    done(-1);
    return;
  }
  done(0);
}

void Server::bad_notify(int kind) {
  if (kind == 1) {
    changed_.notify_one();
    return;
  }
  if (kind == 2) {
    work(2);
    return;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'changed_.notify_one()', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  }
  if (kind == 3) {
    changed_.notify_all();
    return;
  }
  changed_.notify_all();
}

void Server::good_notify(int kind) {
  if (kind == 1) {
    changed_.notify_one();
    return;
  }
  if (kind == 2) {
    changed_.notify_all();
    return;
  }
  if (kind == 3) {
    changed_.notify_all();
    return;
  }
  changed_.notify_all();
}

// In the loop it has begun.
void Server::bad_loop(int kind) {
  if (kind < 0)
    return;
  for (; kind > 0; --kind) {
    if (closed())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this way out doesn't call 'done(0)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
    if (kind == 3) {
      done(3);
      return;
    }
    if (kind == 4) {
      done(4);
      return;
    }
  }
  done(0);
}

void Server::bad_free(Request *request, int kind) {
  if (kind == 1) {
    request->complete(1);
    return;
  }
  if (kind == 2)
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'request->complete(1)', and all 3 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 3) {
    request->complete(3);
    return;
  }
  request->complete(0);
}

void Server::good_null(Request *request, int kind) {
  if (kind == 1) {
    request->complete(1);
    return;
  }
  if (!request)
    return;
  if (kind == 3) {
    request->complete(3);
    return;
  }
  request->complete(0);
}

void Server::good_given(Request *request, int kind) {
  if (kind == 1) {
    request->complete(1);
    return;
  }
  if (kind == 2) {
    hidden(request);
    return;
  }
  if (kind == 3) {
    request->complete(3);
    return;
  }
  request->complete(0);
}

void Server::good_moved(std::unique_ptr<Request> request, int kind) {
  if (kind == 1) {
    request->complete(1);
    return;
  }
  if (kind == 2) {
    later(std::move(request));
    return;
  }
  if (kind == 3) {
    request->complete(3);
    return;
  }
  request->complete(0);
}

void Server::bad_mirror(int kind) {
  std::lock_guard<std::mutex> lock(mutex_);
  busy_ = false;
  if (kind == 1)
    return;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this way out doesn't call 'changed_.notify_all()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  if (kind == 2) {
    changed_.notify_all();
    return;
  }
  work(kind);
  changed_.notify_all();
}

void Server::good_mirror(int kind) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (kind == 1)
    return;
  busy_ = false;
  if (kind == 2) {
    changed_.notify_all();
    return;
  }
  work(kind);
  changed_.notify_all();
}
