// Against the rules of channels.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-channel-misuse -- -std=c++20

#define BOOST_THREAD_VERSION 4
#include <boost/fiber/all.hpp>
#include <boost/thread.hpp>
#include <boost/thread/sync_queue.hpp>
#include <thread>
#include <vector>

using Channel = boost::fibers::buffered_channel<int>;
using Queue = boost::sync_queue<int>;
using boost::fibers::channel_op_status;
void use(int);

// S10: a send after the close.

void bad_sendAfterClose(Channel &jobs) {
  jobs.push(1);
  jobs.close();
  jobs.push(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' is sent to after it was closed; what is sent is lost
}

void good_sendBeforeClose(Channel &jobs) {
  jobs.push(1);
  jobs.push(2);
  jobs.close();
}

void good_looksAtResult(Channel &jobs) {
  jobs.close();
  if (jobs.push(2) == channel_op_status::closed)
    use(0);
}

void bad_throws(Queue &jobs) {
  jobs.close();
  jobs.push(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' is sent to after it was closed; the send throws
}

void good_expected(Queue &jobs) {
  jobs.close();
  try {
    jobs.push(2);
  } catch (const boost::sync_queue_is_closed &) {
  }
}

void bad_onOnePath(Channel &jobs, bool last) {
  if (last)
    jobs.close();
  jobs.push(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' is sent to after it was closed; what
}

void good_otherPath(Channel &jobs, bool last) {
  if (last) {
    jobs.close();
    return;
  }
  jobs.push(2);
}

void good_otherChannel(Channel &jobs, Channel &results) {
  jobs.close();
  results.push(2);
}

void bad_pointer(Channel *jobs) {
  jobs->close();
  jobs->push(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' is sent to after it was closed; what
}

void good_anotherOne(Channel *jobs, Channel *other) {
  jobs->close();
  jobs = other;
  jobs->push(2);
}

class Pipe {
public:
  void bad() {
    jobs_.close();
    jobs_.push(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'jobs_' is sent to after it was closed; what
  }
  void good() {
    jobs_.push(1);
    jobs_.close();
  }
  Channel jobs_{8};
};

void good_loop(Channel &jobs, int n) {
  for (int i = 0; i < n; ++i) {
    jobs.push(i);
    if (i == n - 1)
      jobs.close();
  }
}

void good_twice(Channel &jobs) {
  jobs.close();
  jobs.close();
}

// S06: one of several closes.

void bad_oneOfTwo() {
  Channel jobs(8);
  std::thread one([&] {
    jobs.push(1);
    jobs.close();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'jobs' is closed by one of several that send to it; what the others send is lost
  });
  std::thread two([&] { jobs.push(2); });
  for (int job : jobs)
    use(job);
  one.join();
  two.join();
}

void bad_eachCloses() {
  Channel jobs(8);
  std::vector<std::thread> producers;
  for (int i = 0; i < 3; ++i)
    producers.emplace_back([&jobs, i] {
      jobs.push(i);
      jobs.close();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'jobs' is closed by one of several that send to it
    });
  for (int job : jobs)
    use(job);
  for (auto &producer : producers)
    producer.join();
}

void good_lastCloses() {
  Channel jobs(8);
  std::atomic<int> left{3};
  std::vector<std::thread> producers;
  for (int i = 0; i < 3; ++i)
    producers.emplace_back([&, i] {
      jobs.push(i);
      if (--left == 0)
        jobs.close();
    });
  for (int job : jobs)
    use(job);
  for (auto &producer : producers)
    producer.join();
}

void good_soleProducer() {
  Channel jobs(8);
  std::thread one([&] {
    jobs.push(1);
    jobs.close();
  });
  for (int job : jobs)
    use(job);
  one.join();
}

void good_oneAfterTheOther() {
  Channel jobs(8);
  std::thread two([&] { jobs.push(2); });
  two.join();
  std::thread one([&] {
    jobs.push(1);
    jobs.close();
  });
  one.join();
}

void good_refusalIsNoticed() {
  Channel jobs(8);
  std::thread one([&] {
    while (jobs.push(1) == channel_op_status::success)
      ;
    jobs.close();
  });
  std::thread two([&] {
    while (jobs.push(2) == channel_op_status::success)
      ;
  });
  one.join();
  two.join();
}

// Destroyed while somebody waits.

void bad_detached() {
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is destroyed while 'worker' may still receive from it; the behavior is undefined
  std::thread worker([&] { use(jobs.value_pop()); });
  worker.detach();
  jobs.push(1);
}

void good_joined() {
  Channel jobs(8);
  std::thread worker([&] { use(jobs.value_pop()); });
  jobs.push(1);
  worker.join();
}

void bad_joinedTooLate() {
  std::jthread worker;
  Channel jobs(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'jobs' is destroyed while 'worker' may still receive from it; the behavior is undefined
  worker = std::jthread([&] { use(jobs.value_pop()); });
  jobs.push(1);
}

void good_joinedInTime() {
  Channel jobs(8);
  std::jthread worker;
  worker = std::jthread([&] { use(jobs.value_pop()); });
  jobs.push(1);
}
