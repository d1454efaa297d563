// The notes tell the way, who counts and who waits; the fix-it counts where it
// was forgotten.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <latch>
#include <thread>
#include <vector>

bool ready(int);
void work(int);

void bad_early_return(int n) {
  std::latch done(n);
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i)
    // CHECK-NOTES: :[[@LINE+6]]:9: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
    // CHECK-NOTES: :[[@LINE+4]]:11: note: assuming '!ready(i)' is true
    // CHECK-NOTES: :[[@LINE+9]]:7: note: another way out counts it down here
    // CHECK-NOTES: :[[@LINE+1]]:5: note: started here
    threads.emplace_back([&, i] {
      if (!ready(i))
        return;
      // CHECK-FIXES: done.count_down();
      // CHECK-FIXES-NEXT: return;
      // CHECK-FIXES-NEXT: }
      work(i);
      done.count_down();
    });
  done.wait();
}

void bad_handler() {
  std::latch done(1);
  std::jthread thread([&] {
    try {
      work(1);
      done.count_down();
    } catch (...) {
      work(2);
    }
  });
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'done' is not counted down on this path; whoever waits for it waits for ever [leak-counter-mismatch]
  // CHECK-NOTES: :[[@LINE-5]]:7: note: coming from here, when something before the count has thrown
  // CHECK-NOTES: :[[@LINE-7]]:7: note: another way out counts it down here
  // CHECK-NOTES: :[[@LINE-11]]:16: note: started here
  done.wait();
}

void bad_continue(const std::vector<int> &items) {
  std::latch done(items.size());
  std::vector<std::jthread> threads;
  for (int item : items) {
    if (!ready(item))
      continue;
    threads.emplace_back([&, item] { done.count_down(); });
  }
  done.wait();
  // CHECK-NOTES: :[[@LINE-8]]:14: warning: 'done' is not counted down on every path as often as it was made for; whoever waits for it waits for ever [leak-counter-mismatch]
  // CHECK-NOTES: :[[@LINE-7]]:3: note: some turns of this don't count it
  // CHECK-NOTES: :[[@LINE-5]]:5: note: what is started here counts it
  // CHECK-NOTES: :[[@LINE-4]]:3: note: waited for here
}

struct Paused {
  void suspend();
  void resume();
};

void bad_stays_paused(Paused &paused, int n) {
  paused.suspend();
  if (ready(n)) {
    paused.resume();
    return;
  }
  // CHECK-NOTES: :[[@LINE+5]]:5: warning: this way out doesn't call 'paused.resume()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  // CHECK-NOTES: :[[@LINE-6]]:3: note: begun here
  // CHECK-NOTES: :[[@LINE-6]]:7: note: assuming 'ready(n)' is false
  // CHECK-NOTES: :[[@LINE+1]]:7: note: assuming 'n == 2' is true
  if (n == 2)
    return;
  // CHECK-NOTES: :[[@LINE-9]]:5: note: the other 2 ways out call it, as here
  // CHECK-FIXES: paused.resume();
  // CHECK-FIXES-NEXT: return;
  work(n);
  paused.resume();
}
