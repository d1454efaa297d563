// Destructors that are deleted, defaulted, pure, templated or broken.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();

struct GoodDeleted {
  std::thread worker{work};
  ~GoodDeleted() = delete;
};

struct BadDefaulted {
  std::thread worker{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable
  ~BadDefaulted() = default;
};

struct GoodPure {
  std::thread worker{work};
  virtual ~GoodPure() = 0;
};
GoodPure::~GoodPure() { worker.join(); }

struct GoodPureElsewhere {
  std::thread worker{work};
  virtual ~GoodPureElsewhere() = 0;
};

struct GoodDeclaredOnly {
  std::thread worker{work};
  ~GoodDeclaredOnly();
};

union GoodUnion {
  int i;
  std::thread worker;
  GoodUnion() : worker(work) {}
  ~GoodUnion() {}
};

template <class T> struct GoodConstrained {
  std::thread worker{work};
  ~GoodConstrained() requires(sizeof(T) == 4) { worker.join(); }
  ~GoodConstrained() requires(sizeof(T) != 4) { worker.join(); }
};
template struct GoodConstrained<int>;

struct GoodDestroysItself {
  std::thread worker{work};
  ~GoodDestroysItself() { worker.join(); }
  void destroy() { this->~GoodDestroysItself(); }
};
