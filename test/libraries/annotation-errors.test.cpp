// An annotation that isn't understood is an error at its declaration; the rest
// counts.
//
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,leak-tidy
// RUN: %not %clang_tidy --quiet -checks=-*,leak-unjoined-thread %s -- -std=c++20

class [[clang::annotate("leak:task-handle,terminate")]] Fiber {
public:
  [[clang::annotate("leak:start,callable=0")]] explicit Fiber(void (*Work)());
  ~Fiber();
  [[clang::annotate("leak:jion")]] void finish();
  // CHECK-MESSAGES: :[[@LINE-1]]:41: error: unknown verb 'jion' in annotation; did you mean 'join'?; allowed: query, init, {{.*}}join, try-join, detach, {{.*}}escape [leak-tidy]
};

class [[clang::annotate("leak:thread")]] Strand {
  // CHECK-MESSAGES: :[[@LINE-1]]:42: error: unknown kind 'thread' in annotation; allowed: task-handle, {{.*}} [leak-tidy]
public:
  [[clang::annotate("leak:start")]] Strand(void (*Work)());
  ~Strand();
};

class [[clang::annotate("leak:task-handle,explode")]] Bomb {
  // CHECK-MESSAGES: :[[@LINE-1]]:55: error: unknown word 'explode' in annotation; allowed: nothing, terminate, leak, detach, block, stop-and-join [leak-tidy]
public:
  [[clang::annotate("leak:start")]] Bomb(void (*Work)());
  ~Bomb();
};

[[clang::annotate("leak:join,object=first")]] void finishFirst(Fiber &F);
// CHECK-MESSAGES: :[[@LINE-1]]:52: error: unknown object in annotation 'object=first'; allowed: this, return, 0, *0 [leak-tidy]

[[clang::annotate("leak:join,thread=0")]] void finishThread(Fiber &F);
// CHECK-MESSAGES: :[[@LINE-1]]:48: error: unknown key 'thread' in annotation; allowed: object, callable [leak-tidy]

[[clang::annotate("leak:start,object=return,callable=work")]] Fiber *
start(void (*Work)());
// CHECK-MESSAGES: :[[@LINE-1]]:1: error: 'callable' in annotation wants an argument's number [leak-tidy]

void work();

void uses() {
  Strand S(work);
  Bomb B(work);
  Fiber F(work);
  F.finish();
  finishFirst(F);
  finishThread(F);
  start(work);
}

void stillFound(bool Ready) {
  Fiber F(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
}
