// Branches of a switch or a chain of ifs that end something, and one that
// doesn't.
//
// RUN: %check_leaks %s leak-counter-mismatch

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>

enum class Command { None, Start, Seek, Stop, Pause };
enum class State { Stopped, Playing };

void work(int);
void decode();
void hidden();
void post(std::function<void()>);
int read_next();

class Player {
public:
  void bad_command();
  void good_command();
  void bad_one_changes();
  void bad_chain();
  void good_chain();
  void good_many();
  void good_trivial();
  void good_default();
  void good_progress();
  void good_other_change();
  void good_behind();
  void good_depends();
  void good_returns();
  void good_posted();
  void good_helper();
  void good_unseen();
  void good_falls_through();
  void start() {
    std::unique_lock<std::mutex> lock(mutex_);
    command_ = Command::Start;
    while (command_ != Command::None)
      done_.wait(lock);
  }

private:
  void clear() {
    command_ = Command::None;
    done_.notify_one();
  }
  void unseen();
  std::mutex mutex_;
  std::condition_variable done_, wake_;
  Command command_ = Command::None;
  State state_ = State::Stopped;
};

//===----------------------------------------------------------------------===//
// The same change is told elsewhere
//===----------------------------------------------------------------------===//

void Player::bad_command() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    switch (command_) {
    case Command::Start:
    case Command::Seek:
      decode();
      state_ = State::Stopped;
      command_ = Command::None;
      break;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this case doesn't call 'done_.notify_one()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
    case Command::Stop:
      command_ = Command::None;
      done_.notify_one();
      break;
    case Command::Pause:
      work(1);
      command_ = Command::None;
      done_.notify_one();
      break;
    case Command::None:
      break;
    }
  }
}

void Player::good_command() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    switch (command_) {
    case Command::Start:
    case Command::Seek:
      decode();
      state_ = State::Stopped;
      command_ = Command::None;
      done_.notify_one();
      break;
    case Command::Stop:
      command_ = Command::None;
      done_.notify_one();
      break;
    case Command::Pause:
      work(1);
      command_ = Command::None;
      done_.notify_one();
      break;
    case Command::None:
      break;
    }
  }
}

// The other one has nothing to change.
void Player::bad_one_changes() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    decode();
    command_ = Command::None;
    break;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this case doesn't call 'done_.notify_one()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    work(1);
    done_.notify_one();
    break;
  }
}

void Player::bad_chain() {
  std::unique_lock<std::mutex> lock(mutex_);
  if (command_ == Command::Start) {
    decode();
    command_ = Command::None;
    done_.notify_one();
  } else if (command_ == Command::Seek) {
    work(2);
    command_ = Command::None;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this branch doesn't call 'done_.notify_one()', and all 2 others do; whoever waits for that isn't told [leak-counter-mismatch]
  } else {
    command_ = Command::None;
    done_.notify_all();
  }
}

void Player::good_chain() {
  std::unique_lock<std::mutex> lock(mutex_);
  if (command_ == Command::Start) {
    decode();
    command_ = Command::None;
    done_.notify_one();
  } else if (command_ == Command::Seek) {
    work(2);
    command_ = Command::None;
    done_.notify_one();
  } else {
    command_ = Command::None;
    done_.notify_all();
  }
}

// Who waits for the other one isn't waiting for that.
void Player::good_other_change() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    decode();
    state_ = State::Playing;
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}

//===----------------------------------------------------------------------===//
// Many do it: that this one has to, isn't said
//===----------------------------------------------------------------------===//

void Player::good_many() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (read_next()) {
  case 0:
    done_.notify_one();
    break;
  case 1:
    work(1);
    done_.notify_one();
    break;
  case 2:
    work(2);
    break;
  case 3:
    work(3);
    done_.notify_one();
    break;
  case 4:
    work(4);
    done_.notify_all();
    break;
  default:
    std::fprintf(stderr, "unknown\n");
    break;
  }
}

void Player::good_trivial() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (read_next()) {
  case 0:
    done_.notify_one();
    break;
  case 1:
    work(1);
    done_.notify_one();
    break;
  case 2:
    break;
  case 3:
    work(3);
    done_.notify_one();
    break;
  case 4:
    work(4);
    done_.notify_all();
    break;
  }
}

// What isn't known isn't ended.
void Player::good_default() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (read_next()) {
  case 0:
    done_.notify_one();
    break;
  case 1:
    work(1);
    done_.notify_one();
    break;
  case 3:
    work(3);
    done_.notify_one();
    break;
  case 4:
    work(4);
    done_.notify_all();
    break;
  default:
    work(5);
    break;
  }
}

// Two say nothing.
void Player::good_progress() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (read_next()) {
  case 0:
    work(0);
    done_.notify_one();
    break;
  case 1:
    work(1);
    done_.notify_one();
    break;
  case 2:
    work(2);
    break;
  }
}

//===----------------------------------------------------------------------===//
// Done in another way
//===----------------------------------------------------------------------===//

void Player::good_behind() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
  done_.notify_all();
}

void Player::good_depends() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    if (state_ == State::Playing)
      done_.notify_one();
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}

// That is the question of ways out.
void Player::good_returns() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    return;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
  decode();
}

void Player::good_posted() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    post([this] { done_.notify_one(); });
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}

void Player::good_helper() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    clear();
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}

void Player::good_unseen() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    unseen();
    break;
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}

void Player::good_falls_through() {
  std::unique_lock<std::mutex> lock(mutex_);
  switch (command_) {
  case Command::Start:
    command_ = Command::None;
    [[fallthrough]];
  case Command::Stop:
    command_ = Command::None;
    done_.notify_one();
    break;
  default:
    command_ = Command::None;
    done_.notify_one();
    break;
  }
}
