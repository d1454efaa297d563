// What is returned, by the functions that lock and those that are looked at.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <stddef.h>

typedef enum { STATUS_SUCCESS, STATUS_FALSE, STATUS_BREAK } status_t;

struct port_mutex;
status_t port_mutex_lock(struct port_mutex *m);
status_t port_mutex_trylock(struct port_mutex *m);
status_t port_mutex_unlock(struct port_mutex *m);

struct machine {
  struct port_mutex *mutex;
  int pinging;
};
int step(struct machine *m);

status_t bad_tried(struct machine *m) {
  if (port_mutex_trylock(m->mutex) != STATUS_SUCCESS)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'm->mutex' is not released on every path
    return STATUS_SUCCESS;
  if (m->pinging)
    return STATUS_BREAK;
  status_t result = step(m) ? STATUS_SUCCESS : STATUS_FALSE;
  port_mutex_unlock(m->mutex);
  return result;
}

status_t good_tried(struct machine *m) {
  if (port_mutex_trylock(m->mutex) != STATUS_SUCCESS)
    return STATUS_FALSE;
  if (m->pinging) {
    port_mutex_unlock(m->mutex);
    return STATUS_BREAK;
  }
  status_t result = step(m) ? STATUS_SUCCESS : STATUS_FALSE;
  port_mutex_unlock(m->mutex);
  return result;
}

// Here it is the other way round: one is success.
struct door;
int door_try_lock(struct door *d);
int door_lock(struct door *d);
void door_unlock(struct door *d);
void walk(struct door *d);

int good_one_is_success(struct door *d) {
  if (!door_try_lock(d))
    return -1;
  walk(d);
  door_unlock(d);
  return 0;
}

int good_one_is_success_nested(struct door *d) {
  int ok = door_lock(d);
  if (ok) {
    walk(d);
    door_unlock(d);
  }
  return ok;
}

// An error, or nothing.
typedef struct an_error service_error;
struct service;
void service_lock(struct service *s);
void service_unlock(struct service *s);
service_error *no_memory(void);
void *copy_of(const struct service *s);

service_error *bad_error_with_it_held(struct service *s) {
  service_lock(s);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 's' is not released on every path
  if (!copy_of(s))
    return no_memory();
  service_unlock(s);
  return NULL;
}

service_error *good_error(struct service *s) {
  service_lock(s);
  if (!copy_of(s)) {
    service_unlock(s);
    return no_memory();
  }
  service_unlock(s);
  return NULL;
}

/// Takes it for its caller when there is no error.
service_error *good_success_with_it_held(struct service *s) {
  service_lock(s);
  if (!copy_of(s)) {
    service_unlock(s);
    return no_memory();
  }
  return NULL;
}

/// An object, held, or nothing.
struct service *good_object(struct service *s) {
  service_lock(s);
  if (!copy_of(s)) {
    service_unlock(s);
    return NULL;
  }
  return s;
}
