// What kinds of classes leave the join to a method, and which don't.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <memory>
#include <pthread.h>
#include <string>
#include <thread>
#include <utility>

void work();
bool ready();
void unknown(std::thread &);
void *routine(void *);

// Base classes: the body is a virtual method, the derived class brings it.

class Base {
public:
  void start() { worker = std::thread(&Base::entry, this); }
  void stop() { worker.join(); }
  virtual ~Base() {}

protected:
  virtual void body() = 0;

private:
  void entry() { body(); }
  std::thread worker;
};

class Derived : public Base {
  void body() override { work(); }
};

class DerivedTwice : public Derived {
  void body() override { work(); }
};

class DerivedJoins : public Base {
public:
  ~DerivedJoins() override { stop(); }

private:
  void body() override { work(); }
};

class BadDerivedMember {
public:
  BadDerivedMember() { d.start(); }

private:
  Derived d;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'd' may still own a running thread when 'BadDerivedMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodDerivedMember {
public:
  GoodDerivedMember() { d.start(); }
  ~GoodDerivedMember() { d.stop(); }

private:
  Derived d;
};

class BadDerivedTwiceMember {
public:
  BadDerivedTwiceMember() { d.start(); }

private:
  DerivedTwice d;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'd' may still own a running thread when 'BadDerivedTwiceMember' is destroyed
};

class GoodDerivedJoins {
public:
  GoodDerivedJoins() { d.start(); }

private:
  DerivedJoins d;
};

class GoodDerivedNeverStarted {
  Derived d;
};

class StartsItself : public Base {
public:
  StartsItself() { start(); }

private:
  void body() override {}
};

class BadStartsItself {
public:
  BadStartsItself() {}

private:
  StartsItself s;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 's' may still own a running thread when 'BadStartsItself' is destroyed
};

class GoodStartsItself {
public:
  GoodStartsItself() {}
  ~GoodStartsItself() { s.stop(); }

private:
  StartsItself s;
};

// The duty of the base, with a method of its own to release it.
class StopsAndSays : public Base {
public:
  void shutDown() {
    stop();
    work();
  }

private:
  void body() override {}
};

class BadStopsAndSays {
public:
  BadStopsAndSays() { s.start(); }

private:
  StopsAndSays s;
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 's' may still own a running thread when 'BadStopsAndSays' is destroyed
};

class GoodStopsAndSays {
public:
  GoodStopsAndSays() { s.start(); }
  ~GoodStopsAndSays() { s.shutDown(); }

private:
  StopsAndSays s;
};

// POSIX.

class Posix {
public:
  explicit Posix(void *(*f)(void *)) { pthread_create(&id, nullptr, f, nullptr); }
  void join() { pthread_join(id, nullptr); }

private:
  pthread_t id;
};

class BadPosix {
  Posix p{routine};
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'p' may still own a running thread when 'BadPosix' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodPosix {
public:
  ~GoodPosix() { p.join(); }

private:
  Posix p{routine};
};

class BadPosixDeleted {
public:
  BadPosixDeleted() : p(new Posix(&routine)) {}
  ~BadPosixDeleted() { delete p; }

private:
  Posix *p;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'p' may still own a running thread when 'BadPosixDeleted' is destroyed; nobody can wait for the thread any more [leak-unjoined-thread]
};

class GoodPosixDeleted {
public:
  GoodPosixDeleted() : p(new Posix(&routine)) {}
  ~GoodPosixDeleted() {
    p->join();
    delete p;
  }

private:
  Posix *p;
};

// Detached when it is made: there is nothing to join.
class PosixDetached {
public:
  PosixDetached() {
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_create(&id, &attr, routine, nullptr);
  }
  void join() { pthread_join(id, nullptr); }

private:
  pthread_t id;
};

class GoodPosixDetached {
public:
  GoodPosixDetached() {}

private:
  PosixDetached p;
};

// With two threads.

class Two {
public:
  Two() : first(work), second(work) {}
  void stop() {
    first.join();
    second.join();
  }

private:
  std::thread first, second;
};

class BadTwo {
public:
  BadTwo() {}

private:
  Two two;
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'two' may still own a running thread when 'BadTwo' is destroyed
};

class GoodTwo {
public:
  GoodTwo() {}
  ~GoodTwo() { two.stop(); }

private:
  Two two;
};

// One of them is anybody's.
class TwoUnclear {
public:
  TwoUnclear() : first(work), second(work) { unknown(second); }
  void stop() {
    first.join();
    second.join();
  }

private:
  std::thread first, second;
};

class GoodTwoUnclear {
public:
  GoodTwoUnclear() {}

private:
  TwoUnclear two;
};

// What may detach, releases.

class Detaches {
public:
  Detaches() : worker(work) {}
  void letGo() { worker.detach(); }

private:
  std::thread worker;
};

class BadDetaches {
public:
  BadDetaches() {}

private:
  Detaches d;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'd' may still own a running thread when 'BadDetaches' is destroyed
};

class GoodDetaches {
public:
  GoodDetaches() { d.letGo(); }

private:
  Detaches d;
};

// It has done with its thread when it is made.

class DetachesAtOnce {
public:
  DetachesAtOnce() : worker(work) { worker.detach(); }
  void join() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class JoinsAtOnce {
public:
  JoinsAtOnce() : worker(work) { worker.join(); }
  void again() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class GoodAtOnce {
public:
  GoodAtOnce() {}

private:
  DetachesAtOnce d;
  JoinsAtOnce j;
};

void good_at_once() {
  DetachesAtOnce d;
  JoinsAtOnce j;
}

// Overloads.

class ByCount {
public:
  void set() { worker = std::thread(work); }
  void set(int) { worker.join(); }

private:
  std::thread worker;
};

class BadByCount {
public:
  BadByCount() { c.set(); }

private:
  ByCount c;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'c' may still own a running thread when 'BadByCount' is destroyed
};

class GoodByCount {
public:
  GoodByCount() { c.set(); }
  ~GoodByCount() { c.set(0); }

private:
  ByCount c;
};

// A call can't be told from the other by the number of its arguments.
class ByType {
public:
  void set(int) { worker = std::thread(work); }
  void set(const std::string &) { worker.join(); }

private:
  std::thread worker;
};

class GoodByType {
public:
  GoodByType() { c.set(1); }

private:
  ByType c;
};

class ByDefaultArgument {
public:
  void set(int n = 1) { (void)n, worker = std::thread(work); }
  void set(const char *) { worker.join(); }

private:
  std::thread worker;
};

class GoodByDefaultArgument {
public:
  GoodByDefaultArgument() { c.set(); }

private:
  ByDefaultArgument c;
};

// Methods that both start and join.

class Restarts {
public:
  void restart() {
    if (worker.joinable())
      worker.join();
    if (ready())
      worker = std::thread(work);
  }
  void stop() { worker.join(); }

private:
  std::thread worker;
};

class GoodRestarts {
public:
  GoodRestarts() { r.restart(); }

private:
  Restarts r;
};

class Runs {
public:
  void run() {
    worker = std::thread(work);
    worker.join();
  }

private:
  std::thread worker;
};

class GoodRuns {
public:
  GoodRuns() { r.run(); }

private:
  Runs r;
};

// The handle gets out.

class GivesHandle {
public:
  GivesHandle() : worker(work) {}
  void join() { worker.join(); }
  std::thread &handle() { return worker; }

private:
  std::thread worker;
};

class GoodGivesHandle {
public:
  GoodGivesHandle() { g.handle().detach(); }

private:
  GivesHandle g;
};

class HandsOn {
public:
  HandsOn() : worker(work) { unknown(worker); }
  void join() { worker.join(); }

private:
  std::thread worker;
};

class GoodHandsOn {
public:
  GoodHandsOn() {}

private:
  HandsOn h;
};

class MovesOut {
public:
  MovesOut() : worker(work) {}
  void join() { worker.join(); }
  std::thread take() { return std::move(worker); }

private:
  std::thread worker;
};

class GoodMovesOut {
public:
  GoodMovesOut() { m.take().detach(); }

private:
  MovesOut m;
};

// Somebody else may see to it.

class HasFriend {
  friend class Somebody;

public:
  HasFriend() : worker(work) {}
  void join() { worker.join(); }

private:
  std::thread worker;
};

class GoodHasFriend {
public:
  GoodHasFriend() {}

private:
  HasFriend h;
};

class MethodElsewhere {
public:
  MethodElsewhere() : worker(work) {}
  void join() { worker.join(); }
  void close();

private:
  std::thread worker;
};

class GoodMethodElsewhere {
public:
  GoodMethodElsewhere() {}

private:
  MethodElsewhere m;
};

// Its own destructor joins, so that nobody has to.

class Joins {
public:
  Joins() : worker(work) {}
  ~Joins() { join(); }
  void join() {
    if (worker.joinable())
      worker.join();
  }

private:
  std::thread worker;
};

class GoodJoins {
public:
  GoodJoins() {}

private:
  Joins j;
};

class JoinsByPointer {
public:
  JoinsByPointer() : worker(new std::thread(work)) {}
  ~JoinsByPointer() { finish(); }
  void finish() {
    if (worker)
      worker->join();
    worker.reset();
  }

private:
  std::unique_ptr<std::thread> worker;
};

class GoodJoinsByPointer {
public:
  GoodJoinsByPointer() {}

private:
  JoinsByPointer j;
};

// Class templates.

template <class T> class Typed {
public:
  explicit Typed(T value) : value(value), worker(work) {}
  void join() { worker.join(); }

private:
  T value;
  std::thread worker;
};

class BadTyped {
public:
  BadTyped() : t(1) {}

private:
  Typed<int> t;
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 't' may still own a running thread when 'BadTyped' is destroyed
};

class GoodTyped {
public:
  GoodTyped() : t(1) {}
  ~GoodTyped() { t.join(); }

private:
  Typed<int> t;
};

template <class T> class BadTypedHolder {
public:
  BadTypedHolder() : t(T()) {}

private:
  Typed<T> t;
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 't' may still own a running thread when 'BadTypedHolder' is destroyed
};

template <class T> class GoodTypedHolder {
public:
  GoodTypedHolder() : t(T()) {}
  ~GoodTypedHolder() { t.join(); }

private:
  Typed<T> t;
};

void make_them() {
  (void)std::make_unique<BadTypedHolder<int>>();
  (void)std::make_unique<BadTypedHolder<long>>();
  (void)std::make_unique<GoodTypedHolder<int>>();
  (void)std::make_unique<GoodTypedHolder<long>>();
}

// What a member template does is seen where it is used.
class HasMemberTemplate {
public:
  void join() { worker.join(); }
  template <class F> void start(F f) { worker = std::thread(f); }

private:
  std::thread worker;
};

class BadHasMemberTemplate {
public:
  BadHasMemberTemplate() { h.start(work); }

private:
  HasMemberTemplate h;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'h' may still own a running thread when 'BadHasMemberTemplate' is destroyed
};

class GoodHasMemberTemplate {
public:
  GoodHasMemberTemplate() { h.start(work); }
  ~GoodHasMemberTemplate() { h.join(); }

private:
  HasMemberTemplate h;
};
