// Sources that a stop of the caller doesn't reach.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <future>
#include <stop_token>
#include <thread>
#include <vector>

void work();
bool step(int item);
void use(std::stop_token token);
std::stop_source shared();

static void serve(std::stop_token token, int item) {
  while (!token.stop_requested() && step(item))
    work();
}

// The source of a group.

void bad_group(std::stop_token caller, const std::vector<int> &items) {
  if (caller.stop_requested())
    return;
  std::stop_source group;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'group' is not linked to 'caller': a stop of the caller doesn't reach what 'bad_group' starts here and waits for
  std::vector<std::thread> workers;
  // CHECK-FIXES: std::stop_callback link(caller, [&group] { group.request_stop(); });
  for (int item : items)
    workers.emplace_back([item, token = group.get_token()] {
      while (!token.stop_requested() && step(item))
        work();
    });
  for (std::thread &worker : workers)
    worker.join();
}

void good_linked(std::stop_token caller, const std::vector<int> &items) {
  if (caller.stop_requested())
    return;
  std::stop_source group;
  std::vector<std::thread> workers;
  std::stop_callback link(caller, [&group] { group.request_stop(); });
  for (int item : items)
    workers.emplace_back([item, token = group.get_token()] {
      while (!token.stop_requested() && step(item))
        work();
    });
  for (std::thread &worker : workers)
    worker.join();
}

void bad_one(std::stop_token caller, int item) {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not linked to 'caller'
  std::thread worker(serve, source.get_token(), item);
  worker.join();
}

void bad_ofFuture(const std::stop_token &caller, int item) {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not linked to 'caller'
  auto done =
      std::async(std::launch::async, serve, source.get_token(), item);
  done.get();
}

// The child asks the others of its group, but nobody asks it.
void bad_askedByChild(std::stop_token caller, int item) {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not linked to 'caller'
  std::thread first(serve, source.get_token(), item);
  std::thread second([&source, item] {
    if (step(item))
      source.request_stop();
  });
  first.join();
  second.join();
}

// Somebody looks at the caller's token meanwhile.
void good_polls(std::stop_token caller, int item) {
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  while (!caller.stop_requested())
    work();
  source.request_stop();
  worker.join();
}

void good_childLooks(std::stop_token caller, int item) {
  std::stop_source source;
  std::thread worker([caller, token = source.get_token(), item] {
    while (!token.stop_requested() && !caller.stop_requested() && step(item))
      work();
  });
  worker.join();
}

void good_handedOn(std::stop_token caller, int item) {
  use(caller);
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  worker.join();
}

void good_asks(std::stop_token caller, int item) {
  if (caller.stop_requested())
    return;
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  work();
  source.request_stop();
  worker.join();
}

void good_sameToken(std::stop_token caller, int item) {
  std::thread worker(serve, caller, item);
  worker.join();
}

void good_noCaller(int item) {
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  worker.join();
}

void good_notWaitedFor(std::stop_token caller, int item) {
  std::stop_source source;
  std::thread(serve, source.get_token(), item).detach();
}

void good_onPurpose(std::stop_token, int item) {
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  worker.join();
}

void good_unused([[maybe_unused]] std::stop_token caller, int item) {
  std::stop_source source;
  std::thread worker(serve, source.get_token(), item);
  worker.join();
}

// Each turn looks.
void good_turns(std::stop_token caller, const std::vector<int> &items) {
  for (int item : items) {
    if (caller.stop_requested())
      return;
    std::stop_source source;
    std::thread worker(serve, source.get_token(), item);
    worker.join();
  }
}

struct Job {
  virtual void run(std::stop_token caller) = 0;
};
struct GoodJob : Job {
  void run(std::stop_token caller) override {
    std::stop_source source;
    std::thread worker(serve, source.get_token(), 1);
    worker.join();
  }
};

// A handle's own source.

void bad_own(std::stop_token caller, int item) {
  std::jthread worker([item](std::stop_token token) { serve(token, item); });
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' is not linked to 'caller': a stop of the caller doesn't reach what 'bad_own' starts here and waits for
  work();
  // CHECK-FIXES: std::stop_callback link(caller, [&worker] { worker.request_stop(); });
  // CHECK-FIXES-NEXT: worker.join();
  worker.join();
}

void good_own(std::stop_token caller, int item) {
  std::jthread worker([item](std::stop_token token) { serve(token, item); });
  work();
  std::stop_callback link(caller, [&worker] { worker.request_stop(); });
  worker.join();
}

void good_ownPolls(std::stop_token caller, int item) {
  std::jthread worker([item](std::stop_token token) { serve(token, item); });
  while (!caller.stop_requested())
    work();
  worker.join();
}

// Its end asks.
void good_ownEnd(std::stop_token caller, int item) {
  std::jthread worker([item](std::stop_token token) { serve(token, item); });
  work();
}
