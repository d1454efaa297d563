// Classes that leave the join to a method: who holds an object of one has to
// call it, as a member, in a container, behind a pointer, or by inheritance.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

void work();

// The wrappers themselves are fine.

class Wrapper {
public:
  Wrapper() = default;
  explicit Wrapper(void (*f)()) : worker(f) {}
  Wrapper(Wrapper &&) = default;
  Wrapper &operator=(Wrapper &&) = default;
  void join() { worker.join(); }
  bool busy() const { return worker.joinable(); }

private:
  std::thread worker;
};

class Service {
public:
  void init() { worker = std::thread(work); }
  void destroy() { worker.join(); }

private:
  std::thread worker;
};

// Made without an argument, it starts.
class Runner {
public:
  Runner() { worker = std::thread(&Runner::run, this); }
  void finish() { worker.join(); }

private:
  void run() {}
  std::thread worker;
};

class AtTheField {
public:
  void finish() { worker.join(); }

private:
  std::thread worker{work};
};

// Members.

class BadMember {
public:
  BadMember() : w(work) {}

private:
  Wrapper w;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w' may still own a running thread when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  GoodMember() : w(work) {}
  ~GoodMember() { w.join(); }

private:
  Wrapper w;
};

class BadMemberOnlyAsked {
public:
  BadMemberOnlyAsked() : w(work) {}
  ~BadMemberOnlyAsked() { (void)w.busy(); }

private:
  Wrapper w;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w' may still own a running thread when 'BadMemberOnlyAsked' is destroyed
};

class GoodMemberNeverStarted {
  Wrapper w;
  Service service;
};

class BadInitialisedAtTheField {
  Wrapper w{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w' may still own a running thread when 'BadInitialisedAtTheField' is destroyed
};

class GoodInitialisedAtTheField {
public:
  ~GoodInitialisedAtTheField() { w.join(); }

private:
  Wrapper w{work};
};

class BadStartedLater {
public:
  BadStartedLater() { service.init(); }
  ~BadStartedLater() {}

private:
  Service service;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'service' may still own a running thread when 'BadStartedLater' is destroyed
};

class GoodStartedLater {
public:
  GoodStartedLater() { service.init(); }
  ~GoodStartedLater() { service.destroy(); }

private:
  Service service;
};

class BadAssignedLater {
public:
  void start() { w = Wrapper(work); }

private:
  Wrapper w;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'w' may still own a running thread when 'BadAssignedLater' is destroyed
};

class GoodAssignedLater {
public:
  void start() { w = Wrapper(work); }
  ~GoodAssignedLater() {
    if (w.busy())
      w.join();
  }

private:
  Wrapper w;
};

class BadDefaultConstructed {
  Runner r;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'r' may still own a running thread when 'BadDefaultConstructed' is destroyed
};

class GoodDefaultConstructed {
public:
  ~GoodDefaultConstructed() { r.finish(); }

private:
  Runner r;
};

class BadDefaultConstructedWithConstructor {
public:
  BadDefaultConstructedWithConstructor() {}

private:
  Runner r;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'r' may still own a running thread when 'BadDefaultConstructedWithConstructor' is destroyed
};

class BadStartsAtItsField {
  AtTheField t;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 't' may still own a running thread when 'BadStartsAtItsField' is destroyed
};

class GoodStartsAtItsField {
public:
  ~GoodStartsAtItsField() { t.finish(); }

private:
  AtTheField t;
};

// Nobody wrote their constructors: they exist where an object is made.
void make_them() {
  (void)std::make_unique<BadDefaultConstructed>();
  (void)std::make_unique<GoodDefaultConstructed>();
  (void)std::make_unique<BadStartsAtItsField>();
  (void)std::make_unique<GoodStartsAtItsField>();
}

// stop() of the holder.

class GoodStopFromDestructor {
public:
  GoodStopFromDestructor() : w(work) {}
  ~GoodStopFromDestructor() { stop(); }
  void stop() { w.join(); }

private:
  Wrapper w;
};

class GoodStopTwoLevels {
public:
  GoodStopTwoLevels() { service.init(); }
  ~GoodStopTwoLevels() { close(); }
  void close() { stop(); }

private:
  void stop() { service.destroy(); }
  Service service;
};

// Its holders have to call stop() then, and nobody does anything wrong here.
class GoodStopIsTheOwnersDuty {
public:
  GoodStopIsTheOwnersDuty() : w(work) {}
  void stop() { w.join(); }

private:
  Wrapper w;
};

// A wrapper of a wrapper.

class BadHoldsHolder {
  GoodStopIsTheOwnersDuty inner;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'inner' may still own a running thread when 'BadHoldsHolder' is destroyed
};

class GoodHoldsHolder {
public:
  ~GoodHoldsHolder() { inner.stop(); }

private:
  GoodStopIsTheOwnersDuty inner;
};

class GoodHolderOfHolder {
public:
  void close() { inner.stop(); }

private:
  GoodStopIsTheOwnersDuty inner;
};

class BadThreeLevels {
  GoodHolderOfHolder inner;
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'inner' may still own a running thread when 'BadThreeLevels' is destroyed
};

class GoodThreeLevels {
public:
  ~GoodThreeLevels() { inner.close(); }

private:
  GoodHolderOfHolder inner;
};

void make_holders() {
  (void)std::make_unique<BadHoldsHolder>();
  (void)std::make_unique<GoodHoldsHolder>();
  (void)std::make_unique<BadThreeLevels>();
  (void)std::make_unique<GoodThreeLevels>();
}

// Siblings.

class BadForgetsOne {
public:
  BadForgetsOne() : reader(work), writer(work) {}
  ~BadForgetsOne() { reader.join(); }

private:
  Wrapper reader, writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'writer' may still own a running thread when 'BadForgetsOne' is destroyed
};

class GoodBoth {
public:
  GoodBoth() : reader(work), writer(work) {}
  ~GoodBoth() {
    reader.join();
    writer.join();
  }

private:
  Wrapper reader, writer;
};

// Behind pointers.

class BadUniquePtr {
public:
  BadUniquePtr() : w(std::make_unique<Wrapper>(work)) {}

private:
  std::unique_ptr<Wrapper> w;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'w' may still own a running thread when 'BadUniquePtr' is destroyed
};

class GoodUniquePtr {
public:
  GoodUniquePtr() : w(std::make_unique<Wrapper>(work)) {}
  ~GoodUniquePtr() { w->join(); }

private:
  std::unique_ptr<Wrapper> w;
};

class BadUniquePtrAtTheField {
  std::unique_ptr<Runner> r = std::make_unique<Runner>();
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'r' may still own a running thread when 'BadUniquePtrAtTheField' is destroyed
};

class GoodUniquePtrAtTheField {
public:
  ~GoodUniquePtrAtTheField() { r->finish(); }

private:
  std::unique_ptr<Runner> r = std::make_unique<Runner>();
};

class BadUniquePtrReset {
public:
  void start() { r.reset(new Runner); }
  ~BadUniquePtrReset() { r.reset(); }

private:
  std::unique_ptr<Runner> r;
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'r' may still own a running thread when 'BadUniquePtrReset' is destroyed
};

class GoodUniquePtrReset {
public:
  void start() { r.reset(new Runner); }
  ~GoodUniquePtrReset() {
    if (r)
      r->finish();
    r.reset();
  }

private:
  std::unique_ptr<Runner> r;
};

class BadUniquePtrStarted {
public:
  BadUniquePtrStarted() : service(new Service) { service->init(); }

private:
  std::unique_ptr<Service> service;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'service' may still own a running thread when 'BadUniquePtrStarted' is destroyed
};

class GoodUniquePtrStarted {
public:
  GoodUniquePtrStarted() : service(new Service) { service->init(); }
  ~GoodUniquePtrStarted() { service->destroy(); }

private:
  std::unique_ptr<Service> service;
};

class BadOptional {
public:
  void start() { w.emplace(work); }

private:
  std::optional<Wrapper> w;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'w' may still own a running thread when 'BadOptional' is destroyed
};

class GoodOptional {
public:
  void start() { w.emplace(work); }
  ~GoodOptional() {
    if (w)
      w->join();
  }

private:
  std::optional<Wrapper> w;
};

class BadRawPointerDeleted {
public:
  BadRawPointerDeleted() : r(new Runner) {}
  ~BadRawPointerDeleted() { delete r; }

private:
  Runner *r;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'r' may still own a running thread when 'BadRawPointerDeleted' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class GoodRawPointerDeleted {
public:
  GoodRawPointerDeleted() : r(new Runner) {}
  ~GoodRawPointerDeleted() {
    r->finish();
    delete r;
  }

private:
  Runner *r;
};

class BadRawPointerLost {
public:
  BadRawPointerLost() : w(new Wrapper(work)) {}
  ~BadRawPointerLost() {}

private:
  Wrapper *w;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'w' may still own a running thread when 'BadRawPointerLost' is destroyed
};

class GoodBorrowedPointer {
public:
  explicit GoodBorrowedPointer(Wrapper *w, Runner &r) : w(w), r(r) {}

private:
  Wrapper *w;
  Runner &r;
};

// Many.

class BadVector {
public:
  BadVector() { pool.emplace_back(work); }

private:
  std::vector<Wrapper> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'pool' may still hold joinable threads when 'BadVector' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodVector {
public:
  GoodVector() { pool.emplace_back(work); }
  ~GoodVector() {
    for (Wrapper &w : pool)
      w.join();
  }

private:
  std::vector<Wrapper> pool;
};

class BadVectorOfUniquePtr {
public:
  void add() { pool.push_back(std::make_unique<Runner>()); }

private:
  std::vector<std::unique_ptr<Runner>> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'pool' may still hold joinable threads when 'BadVectorOfUniquePtr' is destroyed
};

class GoodVectorOfUniquePtr {
public:
  void add() { pool.push_back(std::make_unique<Runner>()); }
  ~GoodVectorOfUniquePtr() {
    for (auto &r : pool)
      r->finish();
  }

private:
  std::vector<std::unique_ptr<Runner>> pool;
};

class BadArray {
  Runner runners[4];
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'runners' may still hold joinable threads when 'BadArray' is destroyed
};

class GoodArray {
public:
  ~GoodArray() {
    for (auto &r : runners)
      r.finish();
  }

private:
  Runner runners[4];
};

void make_arrays() {
  (void)std::make_unique<BadArray>();
  (void)std::make_unique<GoodArray>();
}

class BadVectorOfGivenSize {
public:
  explicit BadVectorOfGivenSize(int n) : pool(n) {}

private:
  std::vector<Runner> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'pool' may still hold joinable threads when 'BadVectorOfGivenSize' is destroyed
};

class BadVectorOfFour {
public:
  BadVectorOfFour() : pool(4) {}

private:
  std::vector<Runner> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'pool' may still hold joinable threads when 'BadVectorOfFour' is destroyed
};

// These do nothing until they are told to.
class GoodVectorOfGivenSize {
public:
  explicit GoodVectorOfGivenSize(int n) : pool(n) {}

private:
  std::vector<Service> pool;
};

class GoodVectorOfGivenSizeJoined {
public:
  explicit GoodVectorOfGivenSizeJoined(int n) : pool(n) {}
  ~GoodVectorOfGivenSizeJoined() {
    for (Runner &r : pool)
      r.finish();
  }

private:
  std::vector<Runner> pool;
};

class BadMap {
public:
  void add(int id) { pool.emplace(id, Wrapper(work)); }

private:
  std::map<int, Wrapper> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'pool' may still hold joinable threads when 'BadMap' is destroyed
};

class GoodMap {
public:
  void add(int id) { pool.emplace(id, Wrapper(work)); }
  ~GoodMap() {
    for (auto &[id, w] : pool)
      w.join();
  }

private:
  std::map<int, Wrapper> pool;
};
