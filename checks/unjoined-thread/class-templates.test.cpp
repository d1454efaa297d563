// Classes with member templates, and class templates with methods that this file
// doesn't use: their own text says what they would do.
// RUN: %check_leaks %s leak-unjoined-thread
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <thread>
#include <utility>

void work();

// Class templates.

template <class T> class BadUnusedMethod {
public:
  void start() { viewer = std::thread(&BadUnusedMethod::run, this); }
  int other() const { return 1; }
  T convert(T value) { return value.converted(); }

private:
  void run() {}
  std::thread viewer;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'viewer' may still be joinable when 'BadUnusedMethod' is destroyed; std::terminate is called [leak-unjoined-thread]
};

template <class T> class GoodUnusedJoin {
public:
  void start() { viewer = std::thread(&GoodUnusedJoin::run, this); }
  void stop() { viewer.join(); }

private:
  void run() {}
  std::thread viewer;
};

template <class T> class GoodUnusedJoinThroughThis {
public:
  void start() { this->viewer = std::thread(work); }
  void stop() { this->viewer.join(); }

private:
  std::thread viewer;
};

template <class T> class GoodUnusedJoinOfOther {
public:
  void start() { viewer = std::thread(work); }
  template <class U> void stop(U &other) { other.viewer.join(); }

private:
  std::thread viewer;
};

template <class T> class GoodUnusedMethod {
public:
  ~GoodUnusedMethod() {
    if (viewer.joinable())
      viewer.join();
  }
  void start() { viewer = std::thread(work); }
  int other() const { return 1; }

private:
  std::thread viewer;
};

// Nobody knows what is done in another file.
template <class T> class GoodMethodElsewhere {
public:
  void start() { viewer = std::thread(work); }
  void stop();

private:
  std::thread viewer;
};

void use_class_templates() {
  BadUnusedMethod<int> a;
  a.start();
  GoodUnusedJoin<int> b;
  b.start();
  GoodUnusedJoinThroughThis<int> c;
  c.start();
  GoodUnusedJoinOfOther<int> d;
  d.start();
  GoodMethodElsewhere<int> f;
  f.start();
}

// By itself: paths through a function with such an object are followed, and
// would show that nobody joins the others either.
void use_restartable() {
  GoodUnusedMethod<int> e;
  e.start();
}

// Member templates.

class BadMemberTemplateStarts {
public:
  ~BadMemberTemplateStarts() {}
  template <class F> void start(const F &f) { worker = std::thread(f); }
  void go() {
    start([] {});
  }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadMemberTemplateStarts' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMemberTemplateStarts {
public:
  ~GoodMemberTemplateStarts() {
    if (worker.joinable())
      worker.join();
  }
  template <class F> void start(const F &f) { worker = std::thread(f); }
  void go() {
    start([] {});
  }

private:
  std::thread worker;
};

class BadMemberTemplateNeverStarted {
public:
  ~BadMemberTemplateNeverStarted() { worker.join(); }
  template <class F> void start(const F &f) { worker = std::thread(f); }
  void go() {
    start([] {});
  }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may never have been started when 'BadMemberTemplateNeverStarted' is destroyed
};

class BadMemberTemplateAside {
public:
  BadMemberTemplateAside() : worker(work) {}
  ~BadMemberTemplateAside() {}
  template <class T> T convert(T value) { return value + offset; }

private:
  int offset = 0;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadMemberTemplateAside' is destroyed
};

// Destruction gets to the join through the template.
class GoodMemberTemplateJoins {
public:
  GoodMemberTemplateJoins() : worker(work) {}
  ~GoodMemberTemplateJoins() { stop(1); }
  template <class T> void stop(T) { worker.join(); }

private:
  std::thread worker;
};

// Not used in this file, but by those who hold an object.
class GoodMemberTemplateUnused {
public:
  GoodMemberTemplateUnused() : worker(work) {}
  ~GoodMemberTemplateUnused() {}
  template <class T> void stop(T) { worker.join(); }

private:
  std::thread worker;
};

class GoodMemberTemplateElsewhere {
public:
  GoodMemberTemplateElsewhere() : worker(work) {}
  ~GoodMemberTemplateElsewhere() {}
  template <class T> void stop(T);

private:
  std::thread worker;
};

// The branch for other types isn't made.
class GoodMemberTemplateBranch {
public:
  GoodMemberTemplateBranch() : worker(work) {}
  ~GoodMemberTemplateBranch() {}
  template <bool Wait> void stop() {
    if constexpr (Wait)
      worker.join();
  }
  void go() { stop<false>(); }

private:
  std::thread worker;
};

class GoodMemberTemplateHandsOn {
public:
  GoodMemberTemplateHandsOn() : worker(work) {}
  ~GoodMemberTemplateHandsOn() {}
  template <class F> void give(F f) { f(std::move(worker)); }

private:
  std::thread worker;
};

// Held by a local variable that is told to stop.
class Holder {
public:
  template <class F> void start(F f) { worker = std::thread(f); }
  void stop() { worker.join(); }

private:
  std::thread worker;
};

void good_holder() {
  Holder holder;
  holder.start(work);
  holder.stop();
}

void bad_holder() {
  Holder holder;
  holder.start(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'holder.worker' is still joinable when it goes out of scope on this path
}
