// Sources, local and members.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>
#include <vector>

void work();
bool prepare();
void elsewhere(std::stop_source &);

static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}
static void serveSome(std::stop_token token) {
  while (!token.stop_requested()) {
    if (prepare())
      break;
  }
}

// S23: never asked.

void bad_never() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is never asked to stop; what is started with its token runs until then, for ever
  std::thread worker(serve, source.get_token());
  worker.join();
}

void bad_neverByLambda() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is never asked to stop
  std::thread worker([token = source.get_token()] {
    while (!token.stop_requested())
      work();
  });
  worker.join();
}

void bad_neverByVariable() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is never asked to stop
  auto token = source.get_token();
  std::thread worker([token] { serve(token); });
  worker.join();
}

void good_asked() {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  work();
  source.request_stop();
  worker.join();
}

// S39: by itself.
void good_askedByWorker() {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  std::thread other([&source] { source.request_stop(); });
  worker.join();
  other.join();
}

void good_endsOtherwise() {
  std::stop_source source;
  std::thread worker(serveSome, source.get_token());
  worker.join();
}

void good_elsewhere() {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  elsewhere(source);
  worker.join();
}

void good_notStarted() {
  std::stop_source source;
  serveSome(source.get_token());
}

std::stop_source kept;
void good_copied() {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  kept = source;
  worker.join();
}

// S33: too late.

void bad_late() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not asked to stop before what runs until then is joined; the join never returns
  std::thread worker(serve, source.get_token());
  work();
  worker.join();
  // CHECK-FIXES: source.request_stop();
  // CHECK-FIXES-NEXT: worker.join();
  source.request_stop();
}

void bad_onOnePath(bool early) {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not asked to stop before what runs until then is joined
  std::thread worker(serve, source.get_token());
  if (!early)
    source.request_stop();
  worker.join();
}

// S29: what ends here waits.
void bad_endWaits() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not asked to stop on this path, and what runs until then is waited for; that never ends
  std::jthread worker([token = source.get_token()] { serve(token); });
  if (!prepare())
    return;
  source.request_stop();
}

void good_endWaits() {
  std::stop_source source;
  std::jthread worker([token = source.get_token()] { serve(token); });
  if (!prepare()) {
    source.request_stop();
    return;
  }
  source.request_stop();
}

// S38: twice is fine.
void good_twice() {
  std::stop_source source;
  std::jthread worker([token = source.get_token()] { serve(token); });
  source.request_stop();
  source.request_stop();
}

// Overwritten.

void bad_overwritten() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' gets a new state while others run until the old one is asked to stop; they run for ever
  std::thread worker(serve, source.get_token());
  source = std::stop_source();
  source.request_stop();
  worker.join();
}

void good_overwritten() {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  source.request_stop();
  worker.join();
  source = std::stop_source();
}

// S27: the source is gone.

void bad_dropped() {
  std::thread worker(serve, std::stop_source().get_token());
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the source of this token is gone at once; nobody can ever ask who has the token to stop
  worker.join();
}

void good_ofThread(std::jthread &other) {
  std::thread worker(serve, other.get_stop_source().get_token());
  worker.join();
}

// Members.

class BadMember {
public:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  ~BadMember() { thread_.join(); }

private:
  std::stop_source source_;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source_' is never asked to stop
  std::thread thread_;
};

class GoodMember {
public:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  ~GoodMember() {
    source_.request_stop();
    thread_.join();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

class BadMemberLate {
public:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  ~BadMemberLate() {
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'source_' is not asked to stop before what runs until then is joined; the join never returns
    source_.request_stop();
  }

private:
  std::stop_source source_;
  std::thread thread_;
};

class GoodMemberByHelper {
public:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  ~GoodMemberByHelper() {
    stop();
    thread_.join();
  }

private:
  void stop() { source_.request_stop(); }
  std::stop_source source_;
  std::thread thread_;
};

class GoodMemberElsewhere {
public:
  void start() { thread_ = std::thread(serve, source_.get_token()); }
  void stop();
  ~GoodMemberElsewhere() { thread_.join(); }

private:
  std::stop_source source_;
  std::thread thread_;
};

// S45: one source for all calls.

class BadShared {
public:
  void call() {
    std::thread worker(serve, source_.get_token());
    work();
    source_.request_stop();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'source_' serves all calls of 'call', and stays asked to stop; what the next call starts is cancelled from the beginning
    worker.join();
  }

private:
  std::stop_source source_;
};

class GoodShared {
public:
  void call() {
    source_ = std::stop_source();
    std::thread worker(serve, source_.get_token());
    work();
    source_.request_stop();
    worker.join();
  }

private:
  std::stop_source source_;
};

class GoodPerCall {
public:
  void call() {
    std::stop_source source;
    std::thread worker(serve, source.get_token());
    work();
    source.request_stop();
    worker.join();
  }
};

// A thread's own source.

void bad_ownJoined() {
  std::jthread worker(serve);
  work();
  worker.join();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'worker' is joined, but nobody asks it to stop, until which it runs; this join never returns
  // CHECK-FIXES: worker.request_stop();
  // CHECK-FIXES-NEXT: worker.join();
}

class BadOwnMember {
public:
  void start() {
    thread_ = std::jthread([this](std::stop_token token) { run(token); });
  }
  void stop() {
    if (thread_.joinable())
      thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'thread_' is joined, but nobody asks it to stop
  }

private:
  void run(std::stop_token token) {
    while (!token.stop_requested())
      work();
  }
  std::jthread thread_;
};

void good_ownAsked() {
  std::jthread worker(serve);
  worker.request_stop();
  worker.join();
}
void good_ownEnd() {
  std::jthread worker(serve);
  work();
}
void good_ownEndsOtherwise() {
  std::jthread worker(serveSome);
  worker.join();
}
void good_ownAskedByOther() {
  std::jthread worker(serve);
  auto source = worker.get_stop_source();
  std::jthread other([source]() mutable { source.request_stop(); });
  worker.join();
}
void good_noLoop() {
  std::jthread worker([] { work(); });
  worker.join();
}
