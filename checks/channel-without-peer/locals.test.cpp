// Local channels all of whose uses are visible.
//
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-channel-without-peer -- -std=c++20

#define BOOST_THREAD_VERSION 4
#include <boost/fiber/all.hpp>
#include <boost/thread.hpp>
#include <boost/thread/sync_bounded_queue.hpp>
#include <memory>
#include <thread>
#include <vector>

using Channel = boost::fibers::buffered_channel<int>;
using Rendezvous = boost::fibers::unbuffered_channel<int>;
void use(int);
bool prepare();
int ask(int);

// S01: nobody sends.

void bad_nobodySends() {
  Channel answers(8);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'answers' is received from, but nobody sends to it or closes it; the receive never returns
  std::thread worker([&] { use(answers.value_pop()); });
  worker.join();
}

void good_somebodySends() {
  Channel answers(8);
  std::thread worker([&] { use(answers.value_pop()); });
  answers.push(1);
  worker.join();
}

void good_somebodyCloses() {
  Channel answers(8);
  std::thread worker([&] {
    int answer = 0;
    answers.pop(answer);
  });
  answers.close();
  worker.join();
}

void good_mayGiveUp() {
  Channel answers(8);
  int answer = 0;
  if (answers.try_pop(answer) == boost::fibers::channel_op_status::success)
    use(answer);
}

void elsewhere(Channel &);
void good_sentElsewhere() {
  Channel answers(8);
  std::thread worker([&] { use(answers.value_pop()); });
  elsewhere(answers);
  worker.join();
}

static void reply(Channel &to) { to.push(1); }
void good_sentByHelper() {
  Channel answers(8);
  std::thread worker(reply, std::ref(answers));
  use(answers.value_pop());
  worker.join();
}

// S11: nobody receives.

void bad_nobodyReceives() {
  Rendezvous answers;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'answers' is sent to, but nobody receives from it; the send never returns
  std::thread worker([&] { answers.push(1); });
  worker.join();
}

void good_somebodyReceives() {
  Rendezvous answers;
  std::thread worker([&] { answers.push(1); });
  use(answers.value_pop());
  worker.join();
}

void good_room() {
  Channel answers(8);
  std::thread worker([&] { answers.push(1); });
  worker.join();
}

void bad_sentFirst() {
  Rendezvous answers;
  answers.push(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'answers' holds nothing, and this send comes before all that could receive; it never returns
  use(answers.value_pop());
}

void bad_startedLater() {
  Rendezvous answers;
  answers.push(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'answers' holds nothing, and this send comes before
  std::thread worker([&] { use(answers.value_pop()); });
  worker.join();
}

void bad_startedLaterOnOnePath(bool early) {
  Rendezvous answers;
  if (early)
    answers.push(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'answers' holds nothing, and this send comes before
  std::thread worker([&] { use(answers.value_pop()); });
  worker.join();
}

void good_startedBefore() {
  Rendezvous answers;
  std::thread worker([&] { use(answers.value_pop()); });
  answers.push(1);
  worker.join();
}

static void drain(Rendezvous &from) {
  for (int answer : from)
    use(answer);
}
static std::thread start(Rendezvous &from) {
  return std::thread(drain, std::ref(from));
}

void good_startedByHelper() {
  Rendezvous answers;
  std::thread worker = start(answers);
  answers.push(1);
  answers.close();
  worker.join();
}

// S12: more than it holds.

void bad_tooMany() {
  boost::sync_bounded_queue<int> jobs(4);
  for (int i = 0; i < 5; ++i)
    jobs.push_back(i);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'jobs' holds 4, and more is sent before anything could be received; the send never returns
  boost::thread worker([&] {
    for (int i = 0; i < 5; ++i)
      use(jobs.pull_front());
  });
  worker.join();
}

void good_justEnough() {
  boost::sync_bounded_queue<int> jobs(5);
  for (int i = 0; i < 5; ++i)
    jobs.push_back(i);
  boost::thread worker([&] {
    for (int i = 0; i < 5; ++i)
      use(jobs.pull_front());
  });
  worker.join();
}

void good_startedInTime() {
  boost::sync_bounded_queue<int> jobs(4);
  boost::thread worker([&] {
    for (int i = 0; i < 5; ++i)
      use(jobs.pull_front());
  });
  for (int i = 0; i < 5; ++i)
    jobs.push_back(i);
  worker.join();
}

// One slot stays free.
void bad_oneBelow() {
  Channel jobs(4);
  jobs.push(1);
  jobs.push(2);
  jobs.push(3);
  jobs.push(4);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'jobs' holds 3, and more is sent
  jobs.close();
  for (int job : jobs)
    use(job);
}

void good_oneBelow() {
  Channel jobs(4);
  jobs.push(1);
  jobs.push(2);
  jobs.push(3);
  jobs.close();
  for (int job : jobs)
    use(job);
}

void good_someAreLeftOut(bool all) {
  Channel jobs(4);
  for (int i = 0; i < 8; ++i) {
    if (!all && i % 2)
      continue;
    jobs.push(i);
  }
  jobs.close();
  for (int job : jobs)
    use(job);
}

void good_unknownSize(unsigned size) {
  Channel jobs(size);
  for (int i = 0; i < 8; ++i)
    jobs.push(i);
  jobs.close();
  for (int job : jobs)
    use(job);
}

void good_tries() {
  Channel jobs(4);
  for (int i = 0; i < 8; ++i)
    jobs.try_push(i);
  jobs.close();
  for (int job : jobs)
    use(job);
}

// The first answer only: those who come later wait for ever.

int bad_firstAnswer() {
  auto answers = std::make_shared<Rendezvous>();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'answers' is received from once, but several are started that send to it; the others wait for ever
  for (int i = 0; i < 3; ++i)
    std::thread([answers, i] { answers->push(ask(i)); }).detach();
  return answers->value_pop();
}

int good_firstAnswerWithRoom() {
  auto answers = std::make_shared<Channel>(8);
  for (int i = 0; i < 3; ++i)
    std::thread([answers, i] { answers->push(ask(i)); }).detach();
  return answers->value_pop();
}

int bad_twoAskedOneAnswer() {
  auto answers = std::make_shared<Rendezvous>();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'answers' is received from once, but several are started that send to it
  std::thread([answers] { answers->push(ask(1)); }).detach();
  std::thread([answers] { answers->push(ask(2)); }).detach();
  return answers->value_pop();
}

int good_bothAnswers() {
  auto answers = std::make_shared<Rendezvous>();
  std::thread([answers] { answers->push(ask(1)); }).detach();
  std::thread([answers] { answers->push(ask(2)); }).detach();
  int first = answers->value_pop();
  return first + answers->value_pop();
}

int good_closedAfterTheFirst() {
  auto answers = std::make_shared<Rendezvous>();
  for (int i = 0; i < 3; ++i)
    std::thread([answers, i] { answers->push(ask(i)); }).detach();
  int first = answers->value_pop();
  answers->close();
  return first;
}

void good_eachHasItsOwn() {
  for (int i = 0; i < 3; ++i) {
    Rendezvous answer;
    std::thread worker([&answer, i] { answer.push(ask(i)); });
    use(answer.value_pop());
    worker.join();
  }
}

int good_allAnswers() {
  auto answers = std::make_shared<Rendezvous>();
  for (int i = 0; i < 3; ++i)
    std::thread([answers, i] { answers->push(ask(i)); }).detach();
  int sum = 0;
  for (int i = 0; i < 3; ++i)
    sum += answers->value_pop();
  return sum;
}

// Members.

class BadMember {
public:
  int wait() { return answers_.value_pop(); }

private:
  Channel answers_{8};
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'answers_' is received from, but nobody sends to it or closes it
};

class GoodMember {
public:
  int wait() { return answers_.value_pop(); }
  void answer(int a) { answers_.push(a); }

private:
  Channel answers_{8};
};

class GoodElsewhere {
public:
  int wait() { return answers_.value_pop(); }
  void answer(int a);

private:
  Channel answers_{8};
};

class GoodProtected {
public:
  int wait() { return answers_.value_pop(); }

protected:
  Channel answers_{8};
};
