// Handles in members: what the class does to them.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <array>
#include <atomic>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

void work();
bool ready();

// Started where, released where.

class BadNoDestructor {
public:
  BadNoDestructor() : worker(work) {}
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadNoDestructor' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodDestructor {
public:
  GoodDestructor() : worker(work) {}
  ~GoodDestructor() { worker.join(); }
private:
  std::thread worker;
};

class BadEmptyDestructor {
public:
  BadEmptyDestructor() : worker(work) {}
  ~BadEmptyDestructor() {}
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadEmptyDestructor' is destroyed
};

class BadDefaultedDestructor {
public:
  BadDefaultedDestructor() : worker(work) {}
  ~BadDefaultedDestructor() = default;
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadDefaultedDestructor' is destroyed
};

class GoodDeletedDestructor {
public:
  GoodDeletedDestructor() : worker(work) {}
  ~GoodDeletedDestructor() = delete;
private:
  std::thread worker;
};

class GoodDestructorElsewhere {
public:
  GoodDestructorElsewhere() : worker(work) {}
  ~GoodDestructorElsewhere();
private:
  std::thread worker;
};

class BadDestructorOutOfLine {
public:
  BadDestructorOutOfLine();
  ~BadDestructorOutOfLine();
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadDestructorOutOfLine' is destroyed
};
BadDestructorOutOfLine::BadDestructorOutOfLine() : worker(work) {}
BadDestructorOutOfLine::~BadDestructorOutOfLine() { work(); }

class GoodDestructorOutOfLine {
public:
  GoodDestructorOutOfLine();
  ~GoodDestructorOutOfLine();
private:
  std::thread worker;
};
GoodDestructorOutOfLine::GoodDestructorOutOfLine() : worker(work) {}
GoodDestructorOutOfLine::~GoodDestructorOutOfLine() { worker.join(); }

class BadDestructorDefaultedOutOfLine {
public:
  BadDestructorDefaultedOutOfLine() : worker(work) {}
  ~BadDestructorDefaultedOutOfLine();
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadDestructorDefaultedOutOfLine' is destroyed
};
BadDestructorDefaultedOutOfLine::~BadDestructorDefaultedOutOfLine() = default;

class BadDefaultInitializer {
  std::thread worker{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadDefaultInitializer' is destroyed
};

class GoodDefaultInitializer {
public:
  ~GoodDefaultInitializer() { worker.join(); }
private:
  std::thread worker{work};
};

class BadStart {
public:
  void start() { worker = std::thread(work); }
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadStart' is destroyed
};

class GoodStart {
public:
  void start() { worker = std::thread(work); }
  ~GoodStart() { if (worker.joinable()) worker.join(); }
private:
  std::thread worker;
};

class BadLazyStart {
public:
  void submit() {
    if (!worker.joinable())
      worker = std::thread(work);
  }
  ~BadLazyStart() { work(); }
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadLazyStart' is destroyed
};

class GoodLazyStart {
public:
  void submit() {
    if (!worker.joinable())
      worker = std::thread(work);
  }
  ~GoodLazyStart() {
    if (worker.joinable())
      worker.join();
  }
private:
  std::thread worker;
};

class BadCallOnce {
public:
  void start() {
    std::call_once(once, [this] { worker = std::thread(work); });
  }
private:
  std::once_flag once;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadCallOnce' is destroyed
};

class GoodCallOnce {
public:
  void start() {
    std::call_once(once, [this] { worker = std::thread(work); });
  }
  ~GoodCallOnce() { if (worker.joinable()) worker.join(); }
private:
  std::once_flag once;
  std::thread worker;
};

class GoodCallOnceJoins {
public:
  GoodCallOnceJoins() : worker(work) {}
  ~GoodCallOnceJoins() {
    std::call_once(once, [this] { worker.join(); });
  }
private:
  std::once_flag once;
  std::thread worker;
};

class GoodCallOnceMethod {
public:
  GoodCallOnceMethod() : worker(work) {}
  ~GoodCallOnceMethod() { std::call_once(once, &GoodCallOnceMethod::finish, this); }
private:
  void finish() { worker.join(); }
  std::once_flag once;
  std::thread worker;
};

class BadMethodThread {
public:
  BadMethodThread() : worker(&BadMethodThread::run, this) {}
  ~BadMethodThread() { stopping = true; }
private:
  void run() { while (!stopping) work(); }
  std::atomic<bool> stopping{false};
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadMethodThread' is destroyed
};

class GoodMethodThread {
public:
  GoodMethodThread() : worker(&GoodMethodThread::run, this) {}
  ~GoodMethodThread() { stopping = true; worker.join(); }
private:
  void run() { while (!stopping) work(); }
  std::atomic<bool> stopping{false};
  std::thread worker;
};

class GoodMoveAssigned {
public:
  explicit GoodMoveAssigned(std::thread t) : worker(std::move(t)) {}
  ~GoodMoveAssigned() { worker.join(); }
private:
  std::thread worker;
};

// Helpers, bases, stop().

class GoodStop {
public:
  GoodStop() : worker(work) {}
  ~GoodStop() { stop(); }
  void stop() { if (worker.joinable()) worker.join(); }
private:
  std::thread worker;
};

class GoodStopTwoLevels {
public:
  GoodStopTwoLevels() : worker(work) {}
  ~GoodStopTwoLevels() { stop(); }
  void stop() { wait(); }
private:
  void wait() { if (worker.joinable()) worker.join(); }
  std::thread worker;
};

class GoodVirtualStop {
public:
  GoodVirtualStop() : worker(work) {}
  virtual ~GoodVirtualStop() { stop(); }
  virtual void stop() { if (worker.joinable()) worker.join(); }
private:
  std::thread worker;
};

class GoodStopIsTheOwnersDuty {
public:
  GoodStopIsTheOwnersDuty() : worker(work) {}
  void stop() { worker.join(); }
private:
  std::thread worker;
};

class GoodHelperByReference {
  static void finish(std::thread &t) { t.join(); }
public:
  GoodHelperByReference() : worker(work) {}
  ~GoodHelperByReference() { finish(worker); }
private:
  std::thread worker;
};

static void look(const std::thread &t) { (void)t.get_id(); }

class BadHelperOnlyLooks {
public:
  BadHelperOnlyLooks() : worker(work) {}
  ~BadHelperOnlyLooks() { look(worker); }
private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadHelperOnlyLooks' is destroyed
};

void foreign(std::thread &);

class GoodForeignHelper {
public:
  GoodForeignHelper() : worker(work) {}
  ~GoodForeignHelper() { foreign(worker); }
private:
  std::thread worker;
};

class GoodLambdaInDestructor {
public:
  GoodLambdaInDestructor() : worker(work) {}
  ~GoodLambdaInDestructor() {
    auto finish = [this] { worker.join(); };
    finish();
  }
private:
  std::thread worker;
};

class GoodFunctionMember {
public:
  GoodFunctionMember() : worker(work) { finish = [this] { worker.join(); }; }
  ~GoodFunctionMember() { finish(); }
private:
  std::function<void()> finish;
  std::thread worker;
};

class GoodBaseJoins {
protected:
  std::thread worker;
public:
  ~GoodBaseJoins() { if (worker.joinable()) worker.join(); }
};

class GoodDerivedStarts : public GoodBaseJoins {
public:
  GoodDerivedStarts() { worker = std::thread(work); }
};

class BadBaseForgets {
protected:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadBaseForgets' is destroyed
public:
  BadBaseForgets() : worker(work) {}
  virtual ~BadBaseForgets() {}
};

class GoodDerivedJoinsOfBase {
protected:
  void startThread() { worker = std::thread(work); }
  void joinThread() { worker.join(); }
private:
  std::thread worker;
};

class GoodDerivedJoins : GoodDerivedJoinsOfBase {
public:
  GoodDerivedJoins() { startThread(); }
  ~GoodDerivedJoins() { joinThread(); }
};

class GoodProtectedBaseJoinedByDerived {
protected:
  GoodProtectedBaseJoinedByDerived() : worker(work) {}
  std::thread worker;
};
class GoodDerivedOfProtected : GoodProtectedBaseJoinedByDerived {
public:
  ~GoodDerivedOfProtected() { worker.join(); }
};

class GoodCloseThenJoin {
public:
  GoodCloseThenJoin() : worker(work) {}
  ~GoodCloseThenJoin() { close(); }
  void close() noexcept {
    try {
      { std::lock_guard<std::mutex> lock(mutex); stopping = true; }
      worker.join();
    } catch (...) {
    }
  }
private:
  std::mutex mutex;
  bool stopping = false;
  std::thread worker;
};

// Siblings.

class BadForgetsOne {
public:
  BadForgetsOne() : reader(work), writer(work) {}
  ~BadForgetsOne() { reader.join(); }
private:
  std::thread reader;
  std::thread writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'writer' may still be joinable when 'BadForgetsOne' is destroyed
};

class GoodBoth {
public:
  GoodBoth() : reader(work), writer(work) {}
  ~GoodBoth() { reader.join(); writer.join(); }
private:
  std::thread reader;
  std::thread writer;
};

class BadStopForgetsOne {
public:
  void start() {
    reader = std::thread(work);
    writer = std::thread(work);
  }
  void stop() {
    if (reader.joinable())
      reader.join();
  }
  ~BadStopForgetsOne() { stop(); }
private:
  std::thread reader, writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'writer' may still be joinable when 'BadStopForgetsOne' is destroyed
};

class BadSiblingReleasedElsewhere {
public:
  BadSiblingReleasedElsewhere() : reader(work), writer(work) {}
  void drain() { writer.join(); }
  ~BadSiblingReleasedElsewhere() { reader.join(); }
private:
  std::thread reader;
  std::thread writer;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'writer' may still be joinable when 'BadSiblingReleasedElsewhere' is destroyed
};

class GoodSiblingInBothPlaces {
public:
  GoodSiblingInBothPlaces() : reader(work), writer(work) {}
  void drain() { if (writer.joinable()) writer.join(); }
  ~GoodSiblingInBothPlaces() { reader.join(); drain(); }
private:
  std::thread reader;
  std::thread writer;
};

// Held by pointers, optionals, containers.

class BadUniquePtr {
public:
  BadUniquePtr() : worker(std::make_unique<std::thread>(work)) {}
private:
  std::unique_ptr<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'worker' may still be joinable when 'BadUniquePtr' is destroyed
};

class GoodUniquePtr {
public:
  GoodUniquePtr() : worker(std::make_unique<std::thread>(work)) {}
  ~GoodUniquePtr() { worker->join(); }
private:
  std::unique_ptr<std::thread> worker;
};

class BadUniquePtrStart {
public:
  void start() { worker.reset(new std::thread(work)); }
  ~BadUniquePtrStart() { worker.reset(); }
private:
  std::unique_ptr<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'worker' may still be joinable when 'BadUniquePtrStart' is destroyed
};

class GoodUniquePtrStart {
public:
  void start() { worker.reset(new std::thread(work)); }
  ~GoodUniquePtrStart() {
    if (worker)
      worker->join();
    worker.reset();
  }
private:
  std::unique_ptr<std::thread> worker;
};

struct Joiner {
  void operator()(std::thread *t) const { t->join(); delete t; }
};

class BadRawPointer {
public:
  BadRawPointer() { worker = new std::thread(work); }
  ~BadRawPointer() {}
private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may still be joinable when 'BadRawPointer' is destroyed
};

class BadRawPointerDeleted {
public:
  BadRawPointerDeleted() : worker(new std::thread(work)) {}
  ~BadRawPointerDeleted() { delete worker; }
private:
  std::thread *worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'worker' may still be joinable when 'BadRawPointerDeleted' is destroyed
};

class GoodRawPointer {
public:
  GoodRawPointer() : worker(new std::thread(work)) {}
  ~GoodRawPointer() { worker->join(); delete worker; }
private:
  std::thread *worker;
};

class GoodBorrowedPointer {
public:
  explicit GoodBorrowedPointer(std::thread *t) : worker(t) {}
private:
  std::thread *worker;
};

class GoodBorrowedReference {
public:
  explicit GoodBorrowedReference(std::thread &t) : worker(t) {}
private:
  std::thread &worker;
};

class BadOptional {
public:
  void start() { worker.emplace(work); }
private:
  std::optional<std::thread> worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'worker' may still be joinable when 'BadOptional' is destroyed
};

class GoodOptional {
public:
  void start() { worker.emplace(work); }
  ~GoodOptional() { if (worker) worker->join(); }
private:
  std::optional<std::thread> worker;
};

class BadVector {
public:
  BadVector() { for (int i = 0; i < 4; ++i) pool.emplace_back(work); }
  ~BadVector() { stopping = true; }
private:
  bool stopping = false;
  std::vector<std::thread> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'pool' may still hold joinable threads when 'BadVector' is destroyed
};

class GoodVector {
public:
  GoodVector() { for (int i = 0; i < 4; ++i) pool.emplace_back(work); }
  ~GoodVector() { for (auto &t : pool) t.join(); }
private:
  std::vector<std::thread> pool;
};

class BadVectorCleared {
public:
  BadVectorCleared() { for (int i = 0; i < 4; ++i) pool.emplace_back(work); }
  ~BadVectorCleared() { pool.clear(); }
private:
  std::vector<std::thread> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'pool' may still hold joinable threads when 'BadVectorCleared' is destroyed
};

class GoodVectorMoved {
public:
  void add() { pool.emplace_back(work); }
  ~GoodVectorMoved() {
    std::vector<std::thread> mine = std::move(pool);
    for (auto &t : mine)
      t.join();
  }
private:
  std::vector<std::thread> pool;
};

class GoodVectorSwapped {
public:
  void add() { pool.emplace_back(work); }
  ~GoodVectorSwapped() {
    std::vector<std::thread> mine;
    mine.swap(pool);
    for (auto &t : mine)
      t.join();
  }
private:
  std::vector<std::thread> pool;
};

class GoodArrayMember {
public:
  GoodArrayMember() { for (auto &t : pool) t = std::thread(work); }
  ~GoodArrayMember() { for (auto &t : pool) t.join(); }
private:
  std::thread pool[4];
};

class BadMap {
public:
  void add(int id) { pool[id] = std::thread(work); }
private:
  std::map<int, std::thread> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'pool' may still hold joinable threads when 'BadMap' is destroyed
};

class BadMapEmplace {
public:
  void add(int id) { pool.emplace(id, std::thread(work)); }
private:
  std::map<int, std::thread> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'pool' may still hold joinable threads when 'BadMapEmplace' is destroyed
};

class BadVectorOfUniquePtr {
public:
  void add() { pool.push_back(std::make_unique<std::thread>(work)); }
private:
  std::vector<std::unique_ptr<std::thread>> pool;
  // CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'pool' may still hold joinable threads when 'BadVectorOfUniquePtr' is destroyed
};

class GoodVectorOfUniquePtr {
public:
  void add() { pool.push_back(std::make_unique<std::thread>(work)); }
  ~GoodVectorOfUniquePtr() { for (auto &t : pool) t->join(); }
private:
  std::vector<std::unique_ptr<std::thread>> pool;
};

class GoodVectorOfStructs {
  struct Slot { int id; std::thread t; };
public:
  void add() { pool.push_back(Slot{1, std::thread(work)}); }
  ~GoodVectorOfStructs() { for (auto &s : pool) s.t.join(); }
private:
  std::vector<Slot> pool;
};

class GoodListSpliced {
public:
  void add() { active.emplace_back(work); }
  void retire() { finished.splice(finished.end(), active); }
  ~GoodListSpliced() {
    retire();
    for (auto &t : finished)
      t.join();
  }
private:
  std::list<std::thread> active, finished;
};

// Overwritten.

class GoodRestart {
public:
  void start() {
    if (worker.joinable())
      worker.join();
    worker = std::thread(work);
  }
  ~GoodRestart() { if (worker.joinable()) worker.join(); }
private:
  std::thread worker;
};

// Wrappers: their holders carry the duty.

class Wrapper {
public:
  Wrapper() = default;
  explicit Wrapper(void (*f)()) : worker(f) {}
  Wrapper(Wrapper &&) = default;
  Wrapper &operator=(Wrapper &&) = default;
  void join() { worker.join(); }
private:
  std::thread worker;
};

void good_wrapper() {
  Wrapper w(work);
  w.join();
}

class GoodHoldsWrapper {
public:
  GoodHoldsWrapper() : w(work) {}
  ~GoodHoldsWrapper() { w.join(); }
private:
  Wrapper w;
};

class Service {
public:
  void init() { worker = std::thread(work); }
  void destroy() { worker.join(); }
private:
  std::thread worker;
};

class GoodOwnerCallsDestroy {
public:
  GoodOwnerCallsDestroy() { service.init(); }
  ~GoodOwnerCallsDestroy() { service.destroy(); }
private:
  Service service;
};

void good_service() {
  Service s;
  s.init();
  s.destroy();
}

void good_service_not_started() {
  Service s;
}

// The same by pimpl and nested classes.

class GoodPimpl {
  struct Rep {
    std::thread t;
  };
public:
  GoodPimpl() : rep(std::make_unique<Rep>()) { rep->t = std::thread(work); }
  ~GoodPimpl() { rep->t.join(); }
private:
  std::unique_ptr<Rep> rep;
};

class BadPimpl {
  struct Rep {
    std::thread t;
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 't' may still be joinable when 'Rep' is destroyed
  };
public:
  BadPimpl() : rep(std::make_unique<Rep>()) { rep->t = std::thread(work); }
  ~BadPimpl() { rep.reset(); }
private:
  std::unique_ptr<Rep> rep;
};

class GoodNestedStruct {
public:
  GoodNestedStruct() { state.t = std::thread(work); }
  ~GoodNestedStruct() { state.t.join(); }
private:
  struct State { std::thread t; } state;
};

class GoodJthread {
public:
  GoodJthread() : worker(work) {}
private:
  std::jthread worker;
};

class GoodNeverStarted {
  std::thread worker;
};

class GoodFriendJoins {
  friend class Friend;
public:
  GoodFriendJoins() : worker(work) {}
private:
  std::thread worker;
};

class GoodReturnsReference {
public:
  GoodReturnsReference() : worker(work) {}
  std::thread &handle() { return worker; }
private:
  std::thread worker;
};

class GoodMovesOut {
public:
  GoodMovesOut() : worker(work) {}
  std::thread release() { return std::move(worker); }
private:
  std::thread worker;
};

class GoodMethodElsewhere {
public:
  GoodMethodElsewhere() : worker(work) {}
  void stop();
private:
  std::thread worker;
};

class GoodDetaches {
public:
  GoodDetaches() : worker(work) { worker.detach(); }
private:
  std::thread worker;
};

class GoodDetachesInStart {
public:
  void start() { worker = std::thread(work); worker.detach(); }
private:
  std::thread worker;
};

struct GoodPlainStruct {
  std::thread worker;
};

void good_plain_struct() {
  GoodPlainStruct s{std::thread(work)};
  s.worker.join();
}
