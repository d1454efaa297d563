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

int bad_family(struct main_loop *loop) {
  main_loop_lock(loop);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'loop' is not released on every path
  if (main_loop_start(loop) < 0)
    return -1;
  main_loop_unlock(loop);
  return 0;
}

int good_family(struct main_loop *loop) {
  main_loop_lock(loop);
  if (!ready()) {
    main_loop_finish(loop); // may unlock it
    return -1;
  }
  main_loop_unlock(loop);
  return 0;
}

int good_stranger(struct main_loop *loop) {
  main_loop_lock(loop);
  if (start(loop) < 0)
    return -1;
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

//===--- A recursive lock of a library, which isn't known to be one -------===//

void good_recursive(struct rw *lock) {
  rw_write_lock(lock, 1);
  rw_write_lock(lock, 1);
  rw_write_unlock(lock);
  rw_write_unlock(lock);
}

//===--- A lock of the project's that may fail ----------------------------===//

int own_lock_mutex(struct main_loop *loop);
int own_unlock_mutex(struct main_loop *loop);

int good_goto(struct main_loop *loop) {
  int rc = 0;
  if ((rc = own_lock_mutex(loop)) != 0)
    goto not_locked;
  if (!ready())
    rc = -1;
  own_unlock_mutex(loop);
not_locked:
  return rc;
}

int bad_unasked(struct main_loop *loop) {
  own_lock_mutex(loop);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'loop' is not released on every path
  if (!ready())
    return -1;
  own_unlock_mutex(loop);
  return 0;
}
