// The notes tell who receives and the way; the fix-it closes the channel before
// the join.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#include <boost/fiber/buffered_channel.hpp>
#include <thread>
#include <vector>

using Channel = boost::fibers::buffered_channel<int>;
void use(int);
bool prepare();

void bad_pool() {
  Channel jobs(16);
  // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what receives from it never ends, and the join waits for ever
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&jobs] {
      // CHECK-NOTES: :[[@LINE-1]]:5: note: what receives is started here
      for (int job : jobs)
        // CHECK-NOTES: :[[@LINE-1]]:7: note: its loop ends only when the channel is closed
        use(job);
    });
  jobs.push(1);
  for (auto &worker : workers)
    worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:5: note: joined here
  // CHECK-FIXES: {{^}}  jobs.close();
  // CHECK-FIXES-NEXT: {{^}}  for (auto &worker : workers)
}

void bad_oneBranch(bool ready) {
  Channel jobs(16);
  // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'jobs' is still open when what receives from it is joined; the join waits for ever
  std::thread worker([&jobs] {
    // CHECK-NOTES: :[[@LINE-1]]:15: note: what receives is started here
    for (int job : jobs)
      // CHECK-NOTES: :[[@LINE-1]]:5: note: its loop ends only when the channel is closed
      use(job);
  });
  if (ready)
    // CHECK-NOTES: :[[@LINE-1]]:7: note: assuming 'ready' is false
    jobs.close();
  worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: joined here
  // CHECK-FIXES: {{^}} jobs.close();
  // CHECK-FIXES: {{^}} jobs.close();
  // CHECK-FIXES-NEXT: {{^}} worker.join();
}

void bad_earlyReturn() {
  Channel jobs(16);
  // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'jobs' is not closed on every path; what receives from it never ends
  std::jthread worker([&jobs] {
    // CHECK-NOTES: :[[@LINE-1]]:16: note: what receives is started here
    for (int job : jobs)
      // CHECK-NOTES: :[[@LINE-1]]:5: note: its loop ends only when the channel is closed
      use(job);
  });
  if (!prepare())
    // CHECK-NOTES: :[[@LINE-1]]:7: note: assuming '!prepare()' is true
    return;
  // CHECK-NOTES: :[[@LINE-1]]:5: note: left here without closing it
  // CHECK-FIXES: {{^}}    jobs.close();
  // CHECK-FIXES-NEXT: {{^}}    return;
  jobs.push(1);
  jobs.close();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: another way out closes it here
}

// Who closes it, when others send as well, is not for a fix-it to say.
void bad_othersSend() {
  Channel jobs(16);
  // CHECK-NOTES: :[[@LINE-1]]:11: warning: 'jobs' is never closed; what receives from it never ends, and the join waits for ever
  std::thread producer([&jobs] { jobs.push(1); });
  std::thread worker([&jobs] {
    // CHECK-NOTES: :[[@LINE-1]]:15: note: what receives is started here
    for (int job : jobs)
      // CHECK-NOTES: :[[@LINE-1]]:5: note: its loop ends only when the channel is closed
      use(job);
  });
  worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: joined here
  // CHECK-NOTES: :[[@LINE-9]]:34: note: once the last one who sends is done, close it
  producer.join();
}
