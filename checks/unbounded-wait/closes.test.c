// Closes that wake nobody, in C.
//
// RUN: %check_leaks %s leak-unbounded-wait

#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

struct server {
  int fd;
  volatile bool running;
  pthread_t thread;
};

void handle(int);

static void *bad_run(void *arg) {
  struct server *s = arg;
  while (s->running) {
    int client = accept(s->fd, NULL, NULL);
    // CHECK-NOTES: :[[@LINE-1]]:18: warning: this may wait on 'fd' for ever: 'bad_stop' closes it, which doesn't wake who waits on it already; the join never returns [leak-unbounded-wait]
    // CHECK-NOTES: :[[@LINE+12]]:3: note: started here
    // CHECK-NOTES: :[[@LINE+16]]:3: note: closed here
    // CHECK-NOTES: :[[@LINE+19]]:3: note: joined here
    if (client >= 0)
      handle(client);
  }
  return NULL;
}

void bad_start(struct server *s) {
  s->fd = socket(AF_INET, SOCK_STREAM, 0);
  s->running = true;
  pthread_create(&s->thread, NULL, bad_run, s);
}

void bad_stop(struct server *s) {
  s->running = false;
  close(s->fd);
  // CHECK-FIXES: shutdown(s->fd, SHUT_RDWR);
  // CHECK-FIXES-NEXT: close(s->fd);
  s->fd = -1;
  pthread_join(s->thread, NULL);
}
