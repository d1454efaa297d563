// Annotations on the user's own declarations.
//
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20 --host=tidy,leak-tidy,analyzer

class [[clang::annotate("leak:task-handle,terminate")]] Fiber {
public:
  [[clang::annotate("leak:init")]] Fiber();
  [[clang::annotate("leak:start,callable=0")]] explicit Fiber(void (*Work)());
  Fiber(Fiber &&);
  ~Fiber();
  [[clang::annotate("leak:start,callable=0")]] void run(void (*Work)());
  [[clang::annotate("leak:join")]] void finish();
  [[clang::annotate("leak:detach")]] void forget();
  [[clang::annotate("leak:test-live")]] bool busy() const;
};

[[clang::annotate("leak:join,object=0")]] void finishIt(Fiber &F);
[[clang::annotate("leak:join,object=*0")]] void finishThat(Fiber *F);
[[clang::annotate("leak:start,object=return,callable=0")]] Fiber
makeFiber(void (*Work)());
void unknown(Fiber &F);
void work();

void badStarted(bool Ready) {
  Fiber F(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    F.finish();
}

void goodStarted(bool Ready) {
  Fiber F(work);
  if (Ready)
    F.finish();
  else
    F.forget();
}

void goodNeverStarted() { Fiber F; }

void badRun() {
  Fiber F;
  F.run(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}

void goodRun() {
  Fiber F;
  F.run(work);
  if (F.busy())
    F.finish();
}

void badFunction(bool Ready) {
  Fiber F(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    finishIt(F);
}

void goodFunction() {
  Fiber F(work);
  finishIt(F);
}

void goodPointer() {
  Fiber F(work);
  finishThat(&F);
}

void goodMade() {
  Fiber F = makeFiber(work);
  F.finish();
}

void goodUnknown() {
  Fiber F(work);
  unknown(F);
}

class BadMember {
  Fiber F{work};
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() { F.finish(); }

private:
  Fiber F{work};
};

// The class's word for what happens at its end, and a template

template <typename T>
class [[clang::annotate("leak:task-handle,leak")]] Task {
public:
  [[clang::annotate("leak:start,callable=0")]] explicit Task(T (*Work)());
  ~Task();
  [[clang::annotate("leak:join")]] T get();
};

int compute();

int badTemplate(bool Ready) {
  Task<int> Running(compute);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: {{.*}}; its stack and id are never freed [leak-unjoined-thread]
  return Ready ? Running.get() : 0;
}

int goodTemplate() {
  Task<int> Running(compute);
  return Running.get();
}

class [[clang::annotate("leak:task-handle,block")]] Blocking {
public:
  [[clang::annotate("leak:start,callable=0")]] explicit Blocking(void (*)());
  ~Blocking();
};

void goodBlocking() { Blocking B(work); }

// Other annotations are somebody else's business.

class [[clang::annotate("serialize")]] Other {
public:
  [[clang::annotate("slot")]] void join();
};

void goodOther() {
  Other O;
  O.join();
}
