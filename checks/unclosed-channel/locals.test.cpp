// Channels that are local variables, or that local owners have.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#define BOOST_THREAD_VERSION 4
#include <boost/fiber/all.hpp>
#include <boost/thread.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <boost/thread/sync_queue.hpp>
#include <cassert>
#include <cstdlib>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using Channel = boost::fibers::buffered_channel<int>;
using boost::fibers::channel_op_status;
void use(int);
bool prepare();
[[noreturn]] void fail();

// S02: nobody closes it at all.

void bad_range() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives from it never ends, and the join waits for ever
  std::thread worker([&] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  worker.join();
}

void good_range() {
  Channel jobs(8);
  std::thread worker([&] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  jobs.close();
  worker.join();
}

void bad_while() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives
  std::thread worker([&jobs] {
    int job = 0;
    while (jobs.pop(job) == channel_op_status::success)
      use(job);
  });
  jobs.push(1);
  worker.join();
}

void good_while() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    int job = 0;
    while (jobs.pop(job) == channel_op_status::success)
      use(job);
  });
  jobs.push(1);
  jobs.close();
  worker.join();
}

void bad_break() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives
  std::thread worker([&jobs] {
    for (;;) {
      int job = 0;
      auto status = jobs.pop(job);
      if (status == channel_op_status::closed)
        break;
      use(job);
    }
  });
  jobs.push(1);
  worker.join();
}

// A value may end it.
void good_sentinel() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    for (;;) {
      int job = 0;
      if (jobs.pop(job) != channel_op_status::success)
        break;
      if (job < 0)
        return;
      use(job);
    }
  });
  jobs.push(1);
  jobs.push(-1);
  worker.join();
}

void good_sentinelInRange() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    for (int job : jobs) {
      if (job < 0)
        break;
      use(job);
    }
  });
  jobs.push(1);
  jobs.push(-1);
  worker.join();
}

void good_sentinelInThen() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    while (true) {
      int job = 0;
      if (jobs.pop(job) == channel_op_status::success) {
        if (job < 0)
          break;
        use(job);
      }
    }
  });
  jobs.push(-1);
  worker.join();
}

// Nor is nothing at all, where that is sent.
void good_emptyValue() {
  boost::fibers::buffered_channel<std::shared_ptr<int>> jobs(8);
  std::thread worker([&jobs] {
    std::shared_ptr<int> job;
    while (jobs.pop(job) == channel_op_status::success)
      if (job)
        use(*job);
      else
        jobs.close();
  });
  jobs.push(std::make_shared<int>(1));
  jobs.push(nullptr);
  worker.join();
}

// As many as are sent.
void good_counted() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    for (int i = 0; i < 3; ++i)
      use(jobs.value_pop());
  });
  for (int i = 0; i < 3; ++i)
    jobs.push(i);
  worker.join();
}

// An assertion that fails is no way to end it.
void bad_assertion() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what receives
  std::thread worker([&jobs] {
    for (int job : jobs) {
      assert(job > 0);
      use(job);
    }
  });
  jobs.push(1);
  worker.join();
}

void good_programEnds() {
  Channel jobs(8);
  std::thread worker([&jobs] {
    for (int job : jobs) {
      if (job < 0)
        std::exit(0);
      use(job);
    }
  });
  jobs.push(1);
  jobs.push(-1);
  worker.join();
}

// S03: a pool of workers.

void bad_pool() {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&jobs] {
      for (int job : jobs)
        use(job);
    });
  for (int i = 0; i < 10; ++i)
    jobs.push(i);
  for (auto &worker : workers)
    worker.join();
}

void good_pool() {
  Channel jobs(16);
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&jobs] {
      for (int job : jobs)
        use(job);
    });
  for (int i = 0; i < 10; ++i)
    jobs.push(i);
  jobs.close();
  for (auto &worker : workers)
    worker.join();
}

void bad_closedTooLate() {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is still open when what
  // receives from it is joined; the join waits for ever
  std::thread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  worker.join();
  jobs.close();
}

void bad_closedOnOneBranch(bool ready) {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is still open when what
  // receives
  std::thread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  if (ready) {
    jobs.push(1);
    jobs.close();
  }
  worker.join();
}

// S100: threads that join by themselves.

void bad_joining() {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives from it never ends
  std::jthread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
}

void good_joining() {
  Channel jobs(16);
  std::jthread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  jobs.close();
}

void bad_earlyReturn() {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is not closed on every
  // path; what receives from it never ends
  std::jthread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  if (!prepare())
    return;
  jobs.push(1);
  jobs.close();
}

void good_earlyReturn() {
  Channel jobs(16);
  if (!prepare())
    return;
  std::jthread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  jobs.close();
}

static void check(int n) {
  if (n < 0)
    throw 1;
}

void bad_exception(int n) {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is not closed on every
  // path; what receives from it never ends
  auto worker = std::async(std::launch::async, [&jobs] {
    for (int job : jobs)
      use(job);
  });
  check(n);
  jobs.push(n);
  jobs.close();
}

void good_exception(int n) {
  Channel jobs(16);
  check(n);
  auto worker = std::async(std::launch::async, [&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(n);
  jobs.close();
}

// The standard's thread ends the process here: leak-unjoined-thread's.
void good_leftToOthers() {
  Channel jobs(16);
  std::thread worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  if (!prepare())
    return;
  jobs.close();
  worker.join();
}

// Functions that get the channel.

static void drain(Channel &from) {
  for (int job : from)
    use(job);
}

void bad_byReference() {
  Channel jobs(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives
  std::thread worker(drain, std::ref(jobs));
  jobs.push(1);
  worker.join();
}

void good_byReference() {
  Channel jobs(16);
  std::thread worker(drain, std::ref(jobs));
  jobs.push(1);
  jobs.close();
  worker.join();
}

static void fill(Channel &into) {
  for (int i = 0; i < 3; ++i)
    into.push(i);
  into.close();
}

void good_closedByHelper() {
  Channel jobs(16);
  std::thread worker(drain, std::ref(jobs));
  fill(jobs);
  worker.join();
}

void good_closedByProducer() {
  Channel jobs(16);
  std::thread producer(fill, std::ref(jobs));
  std::thread worker([&] { drain(jobs); });
  producer.join();
  worker.join();
}

void fillElsewhere(Channel &);

void good_closedElsewhere() {
  Channel jobs(16);
  std::thread worker(drain, std::ref(jobs));
  fillElsewhere(jobs);
  worker.join();
}

void keep(void (*)(void *), void *);

void good_handedOn() {
  Channel jobs(16);
  keep(nullptr, &jobs);
  std::thread worker(drain, std::ref(jobs));
  worker.join();
}

// Shared by owners.

void bad_shared() {
  auto jobs = std::make_shared<Channel>(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'jobs' is never closed; what
  // receives
  std::thread worker([jobs] {
    for (int job : *jobs)
      use(job);
  });
  worker.detach();
  jobs->push(1);
}

void good_shared() {
  auto jobs = std::make_shared<Channel>(16);
  std::thread worker([jobs] {
    for (int job : *jobs)
      use(job);
  });
  worker.detach();
  jobs->push(1);
  jobs->close();
}

std::shared_ptr<Channel> good_returned() {
  auto jobs = std::make_shared<Channel>(16);
  std::thread([jobs] {
    for (int job : *jobs)
      use(job);
  }).detach();
  return jobs;
}

// S09: who closes it leaves early.

void bad_producer() {
  Channel jobs(16);
  std::thread producer([&jobs] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'jobs' is not closed on this
    // path; what receives from it never ends
    jobs.push(1);
    jobs.close();
  });
  std::thread worker(drain, std::ref(jobs));
  producer.join();
  worker.join();
}

void good_producer() {
  Channel jobs(16);
  std::thread producer([&jobs] {
    if (!prepare()) {
      jobs.close();
      return;
    }
    jobs.push(1);
    jobs.close();
  });
  std::thread worker(drain, std::ref(jobs));
  producer.join();
  worker.join();
}

// S06: the last one closes.
void good_lastCloses() {
  Channel jobs(16);
  std::atomic<int> left{2};
  auto produce = [&] {
    jobs.push(1);
    if (--left == 0)
      jobs.close();
  };
  std::thread one(produce), two(produce);
  std::thread worker(drain, std::ref(jobs));
  one.join();
  two.join();
  worker.join();
}

// The owner receives.

void bad_ownerWaits() {
  Channel results(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'results' is never closed; the
  // loop that receives from it never ends
  std::thread producer([&results] {
    for (int i = 0; i < 3; ++i)
      results.push(i);
  });
  for (int result : results)
    use(result);
  producer.join();
}

void good_ownerWaits() {
  Channel results(16);
  std::thread producer([&results] {
    for (int i = 0; i < 3; ++i)
      results.push(i);
    results.close();
  });
  for (int result : results)
    use(result);
  producer.join();
}

void bad_ownerClosesAfterwards() {
  Channel results(16);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'results' is closed only after
  // the loop that receives from it; the loop never ends
  std::thread producer([&results] { results.push(1); });
  for (int result : results)
    use(result);
  results.close();
  producer.join();
}

void good_ownerClosesBefore() {
  Channel results(16);
  std::thread producer([&results] { results.push(1); });
  producer.join();
  results.close();
  for (int result : results)
    use(result);
}

// Other kinds of queues.

void bad_syncQueue() {
  boost::sync_queue<int> jobs;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'jobs' is never closed; what
  // receives
  boost::thread worker([&jobs] {
    int job = 0;
    while (jobs.wait_pull(job) == boost::queue_op_status::success)
      use(job);
  });
  jobs.push(1);
  worker.join();
}

void good_syncQueue() {
  boost::sync_queue<int> jobs;
  boost::thread worker([&jobs] {
    int job = 0;
    while (jobs.wait_pull(job) == boost::queue_op_status::success)
      use(job);
  });
  jobs.push(1);
  jobs.close();
  worker.join();
}

void bad_throwingPull() {
  boost::sync_bounded_queue<int> jobs(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'jobs' is never closed; what
  // receives
  boost::thread worker([&jobs] {
    try {
      while (true)
        use(jobs.pull_front());
    } catch (const boost::sync_queue_is_closed &) {
    }
  });
  jobs.push_back(1);
  worker.join();
}

void good_throwingPull() {
  boost::sync_bounded_queue<int> jobs(4);
  boost::thread worker([&jobs] {
    try {
      while (true)
        use(jobs.pull_front());
    } catch (const boost::sync_queue_is_closed &) {
    }
  });
  jobs.push_back(1);
  jobs.close();
  worker.join();
}

// Fibers.

void bad_fiber() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what
  // receives
  boost::fibers::fiber worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  worker.join();
}

void good_fiber() {
  Channel jobs(8);
  boost::fibers::fiber worker([&jobs] {
    for (int job : jobs)
      use(job);
  });
  jobs.push(1);
  jobs.close();
  worker.join();
}
