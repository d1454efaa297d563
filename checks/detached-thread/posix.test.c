// Threads of C.
//
// RUN: %check_leaks %s leak-detached-thread

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

int accept_one(void);
void *serve(void *arg);
void *serve_alone(void *arg) {
  pthread_detach(pthread_self());
  return serve(arg);
}

void bad_attribute(void) {
  int fd = accept_one();
  pthread_t t;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  pthread_create(&t, &attr, serve, &fd);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'fd' of 'bad_attribute', which doesn't wait for it; it may use 'fd' when that is gone [leak-detached-thread]
  pthread_attr_destroy(&attr);
}
void bad_detach(void) {
  int fd = accept_one();
  pthread_t t;
  pthread_create(&t, NULL, serve, (void *)&fd);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the local variable 'fd' of 'bad_detach', which doesn't wait for it; it may use 'fd' when that is gone [leak-detached-thread]
  pthread_detach(t);
}
void bad_itself(int fd) {
  pthread_t t;
  pthread_create(&t, NULL, serve_alone, &fd);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this detached thread refers to the parameter 'fd' of 'bad_itself', which doesn't wait for it; it may use 'fd' when that is gone [leak-detached-thread]
}
struct request {
  int fd;
};
void bad_struct(int fd) {
  struct request r;
  pthread_t t;
  r.fd = fd;
  if (pthread_create(&t, NULL, serve, &r) == 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this detached thread refers to the local variable 'r' of 'bad_struct', which doesn't wait for it; it may use 'r' when that is gone [leak-detached-thread]
    pthread_detach(t);
}

void good_value(void) {
  pthread_t t;
  long fd = accept_one();
  pthread_create(&t, NULL, serve, (void *)fd);
  pthread_detach(t);
}
void good_heap(void) {
  pthread_t t;
  int *fd = malloc(sizeof *fd);
  if (!fd)
    return;
  *fd = accept_one();
  pthread_create(&t, NULL, serve, fd);
  pthread_detach(t);
}
void good_joined(void) {
  int fd = accept_one();
  pthread_t t;
  pthread_create(&t, NULL, serve, &fd);
  pthread_join(t, NULL);
}
void good_joinable_attribute(void) {
  int fd = accept_one();
  pthread_t t;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_JOINABLE);
  pthread_create(&t, &attr, serve, &fd);
  pthread_join(t, NULL);
}
struct shared {
  pthread_mutex_t m;
  pthread_cond_t c;
  int done;
};
void good_waited(void) {
  struct shared s;
  pthread_t t;
  memset(&s, 0, sizeof s);
  pthread_create(&t, NULL, serve, &s);
  pthread_detach(t);
  pthread_mutex_lock(&s.m);
  while (!s.done)
    pthread_cond_wait(&s.c, &s.m);
  pthread_mutex_unlock(&s.m);
}

void bad_next_turn(void) {
  int fd;
  pthread_t t;
  for (;;) {
    fd = accept_one();
    if (fd < 0)
      continue;
    pthread_create(&t, NULL, serve, &fd);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread refers to 'fd' of 'bad_next_turn', which the next turn of the loop changes; it may see what is meant for the next thread [leak-detached-thread]
    pthread_detach(t);
  }
}
void bad_count(void) {
  pthread_t t;
  for (int i = 0; i != 4; ++i)
    if (pthread_create(&t, NULL, serve_alone, &i) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this detached thread refers to 'i' of 'bad_count', which the next turn of the loop changes; it may see what is meant for the next thread [leak-detached-thread]
      exit(1);
}
void bad_member(void) {
  struct request r;
  pthread_t t;
  while ((r.fd = accept_one()) >= 0) {
    pthread_create(&t, NULL, serve, &r);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread refers to 'r' of 'bad_member', which the next turn of the loop changes; it may see what is meant for the next thread [leak-detached-thread]
    pthread_detach(t);
  }
}
void taken(void);
void wait_until_taken(void);
void good_handshake(void) {
  int fd;
  pthread_t t;
  for (;;) {
    fd = accept_one();
    pthread_create(&t, NULL, serve, &fd);
    pthread_detach(t);
    wait_until_taken();
  }
}
void good_same_for_all(int fd) {
  pthread_t t;
  for (;;) {
    accept_one();
    pthread_create(&t, NULL, serve, &fd);
    pthread_detach(t);
  }
}
void good_heap_turn(void) {
  int *fd;
  pthread_t t;
  for (;;) {
    fd = malloc(sizeof *fd);
    *fd = accept_one();
    pthread_create(&t, NULL, serve, fd);
    pthread_detach(t);
  }
}
void good_one_turn(void) {
  static int keep;
  int fd;
  pthread_t t;
  for (;;) {
    fd = accept_one();
    if (fd >= 0) {
      pthread_create(&t, NULL, serve, &fd);
      pthread_detach(t);
      break;
    }
  }
  for (;;)
    keep = accept_one();
}
void good_process_ends(void) {
  int fd = accept_one();
  pthread_t t;
  if (pthread_create(&t, NULL, serve_alone, &fd) != 0)
    exit(1);
  pthread_exit(NULL);
}
int bad_main(void);
int main(void) {
  int fd;
  pthread_t t;
  while (1) { // bad
    fd = accept_one();
    pthread_create(&t, NULL, serve, &fd);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this detached thread refers to 'fd' of 'main', which the next turn of the loop changes; it may see what is meant for the next thread [leak-detached-thread]
    pthread_detach(t);
  }
}
