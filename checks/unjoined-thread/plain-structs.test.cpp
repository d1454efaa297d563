// Plain structs that hold a handle, and members that take one over.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <thread>
#include <utility>
#include <vector>

void work();

// Whoever gets the struct can join.

struct Holder {
  std::thread t;
};

void good_out_struct(Holder &out) { out.t = std::thread(work); }

Holder good_returned_struct() {
  Holder h;
  h.t = std::thread(work);
  return h;
}

Holder good_returned_aggregate() { return Holder{std::thread(work)}; }

// Only this function gets it.

struct BadSlot {
  int id = 0;
  std::thread t;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 't' may still be joinable when 'BadSlot' is destroyed; std::terminate is called [leak-unjoined-thread]
};

void bad_vector_of_structs(int n) {
  std::vector<BadSlot> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i].t = std::thread(work);
}

struct GoodSlot {
  int id = 0;
  std::thread t;
};

void good_vector_of_structs(int n) {
  std::vector<GoodSlot> pool(n);
  for (int i = 0; i < n; ++i)
    pool[i].t = std::thread(work);
  for (GoodSlot &slot : pool)
    slot.t.join();
}

// Taken over from a parameter.

class BadTakesOver {
public:
  explicit BadTakesOver(std::thread t) : worker(std::move(t)) {}

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadTakesOver' is destroyed
};

class GoodTakesOver {
public:
  explicit GoodTakesOver(std::thread t) : worker(std::move(t)) {}
  ~GoodTakesOver() { worker.join(); }

private:
  std::thread worker;
};

class BadTakesOverLater {
public:
  void take(std::thread &&t) { worker = std::move(t); }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadTakesOverLater' is destroyed
};

class GoodTakesOverLater {
public:
  void take(std::thread &&t) { worker = std::move(t); }
  ~GoodTakesOverLater() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

// From another object of the class, which may never have started one.
class GoodOnlyMoves {
public:
  GoodOnlyMoves() = default;
  GoodOnlyMoves(GoodOnlyMoves &&other) : worker(std::move(other.worker)) {}
  GoodOnlyMoves &operator=(GoodOnlyMoves &&other) {
    worker = std::move(other.worker);
    return *this;
  }

private:
  std::thread worker;
};

class GoodBorrows {
public:
  explicit GoodBorrows(std::thread &t) : worker(&t) {}

private:
  std::thread *worker;
};
