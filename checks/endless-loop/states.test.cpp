// States for which a loop does nothing, and in which it doesn't end; and waits
// that are left out when their time is over.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

bool hello();
bool keys();

class Handshake {
public:
  enum State { Start, Sent, Done, Failed };

  bool bad() {
    while (state != Done) {
      switch (state) {
      case Start:
        state = hello() ? Sent : Failed;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the loop does nothing for 'Failed' and doesn't end by it; it goes round for ever [leak-endless-loop]
        break;
      case Sent:
        state = keys() ? Done : Failed;
        break;
      default:
        break;
      }
    }
    return true;
  }

  bool good() {
    while (state != Done && state != Failed) {
      switch (state) {
      case Start:
        state = hello() ? Sent : Failed;
        break;
      case Sent:
        state = keys() ? Done : Failed;
        break;
      default:
        break;
      }
    }
    return state == Done;
  }

  bool goodHandled() {
    while (state != Done) {
      switch (state) {
      case Start:
        state = hello() ? Sent : Failed;
        break;
      case Sent:
        state = keys() ? Done : Failed;
        break;
      case Failed:
        return false;
      default:
        break;
      }
    }
    return true;
  }

  // Something is done for all others, and after each.
  bool goodDefault() {
    while (state != Done) {
      switch (state) {
      case Start:
        state = hello() ? Done : Failed;
        break;
      default:
        throw state;
      }
    }
    return true;
  }
  bool goodAfter() {
    while (state != Done) {
      switch (state) {
      case Start:
        state = hello() ? Done : Failed;
        break;
      default:
        break;
      }
      if (!keys())
        return false;
    }
    return true;
  }

  // Others change it.
  bool goodShared() {
    while (shared != Done) {
      switch (shared) {
      case Start:
        shared = hello() ? Done : Failed;
        break;
      default:
        break;
      }
    }
    return true;
  }

private:
  State state = Start;
  std::atomic<State> shared{Start};
};

class Reply {
public:
  using Clock = std::chrono::steady_clock;

  void bad(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    while (!done) {
      const auto now = Clock::now();
      if (now < until)
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this leaves the wait out when its time is over, and nothing leaves the loop then; it spins until what it waits for comes [leak-endless-loop]
        condition.wait_for(lock, until - now);
    }
  }

  void badContinue(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      if (done)
        return;
      const auto left = until - Clock::now();
      if (left <= Clock::duration::zero())
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this leaves the wait out when its time is over, and nothing leaves the loop then; it spins until what it waits for comes [leak-endless-loop]
        continue;
      condition.wait_for(lock, left);
    }
  }

  bool good(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    while (!done) {
      const auto now = Clock::now();
      if (now >= until)
        return false;
      condition.wait_for(lock, until - now);
    }
    return true;
  }

  bool goodInCondition(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    auto now = Clock::now();
    while (!done && now < until) {
      if (now < until)
        condition.wait_for(lock, until - now);
      now = Clock::now();
    }
    return done;
  }

  bool goodLeft(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    while (!done) {
      const auto now = Clock::now();
      if (now < until)
        condition.wait_for(lock, until - now);
      else
        break;
    }
    return done;
  }

  void goodLeavesAfter(Clock::time_point until) {
    std::unique_lock<std::mutex> lock(mutex);
    while (!done) {
      const auto now = Clock::now();
      if (now < until)
        condition.wait_for(lock, until - now);
      if (now > until)
        return;
    }
  }

private:
  std::mutex mutex;
  std::condition_variable condition;
  bool done = false;
};
