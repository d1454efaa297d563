// Pairs of functions of a library that no model describes: lock and unlock.
// RUN: %check_leaks %s leak-unreleased-permit -- -isystem %S/Inputs

#include <loop-lock.h>

int start(struct main_loop *loop);
int ready(void);

int bad_setup(struct main_loop *loop) {
  main_loop_lock(loop);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'loop' is not released on every path
  if (!ready())
    return -1;
  main_loop_unlock(loop);
  return 0;
}

int good_setup(struct main_loop *loop) {
  main_loop_lock(loop);
  if (!ready()) {
    main_loop_unlock(loop);
    return -1;
  }
  main_loop_unlock(loop);
  return 0;
}

int good_pages(void *memory) {
  if (pages_lock(memory, 4096) < 0)
    return -1;
  if (!ready())
    return 0;
  return pages_unlock(memory, 4096);
}
