// A fake: the documented interface of brpc's <bthread/types.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <cstddef>
#include <cstdint>

typedef std::uint64_t bthread_t;
typedef int bthread_tag_t;
typedef std::uint64_t bthread_timer_t;
typedef struct bthread_attr_t {
  unsigned stack_type;
  unsigned flags;
} bthread_attr_t;
typedef struct bthread_mutex_t {
  unsigned *butex;
} bthread_mutex_t;
typedef struct {
  bool enable_csite;
} bthread_mutexattr_t;
typedef struct bthread_cond_t {
  int *seq;
} bthread_cond_t;
typedef struct {
} bthread_condattr_t;
typedef struct bthread_rwlock_t {
  unsigned *lock_word;
} bthread_rwlock_t;
typedef struct {
} bthread_rwlockattr_t;
typedef struct bthread_sem_t {
  unsigned *butex;
} bthread_sem_t;
typedef struct {
  std::uint64_t value;
} bthread_id_t;
typedef int bthread_once_t;

static const bthread_attr_t BTHREAD_ATTR_NORMAL = {3, 0};
