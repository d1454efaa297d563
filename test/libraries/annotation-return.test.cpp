// Miss: a function that returns a started handle of class type, and whose body
// isn't seen. (By value types such as pthread_t are followed.)
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

class [[clang::annotate("leak:task-handle,terminate")]] Fiber {
public:
  Fiber(Fiber &&);
  ~Fiber();
  [[clang::annotate("leak:join")]] void finish();
};

[[clang::annotate("leak:start,object=return,callable=0")]] Fiber
makeFiber(void (*Work)());
void work();

void badMade(bool Ready) {
  Fiber F = makeFiber(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    F.finish();
}
