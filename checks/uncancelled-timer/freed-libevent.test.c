// Events inside of structures that are freed.
//
// REQUIRES: package-libevent-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdlib.h>

void cb(evutil_socket_t fd, short what, void *arg);

struct bad {
  struct event retry;
  int n;
};

void badBegin(struct bad *b, struct event_base *base, const struct timeval *tv) {
  event_assign(&b->retry, base, -1, EV_PERSIST, cb, b);
  event_add(&b->retry, tv);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'retry' is still armed when its owner is freed
}

void badAnswered(struct bad *b) { event_del(&b->retry); }
void badFree(struct bad *b) {
  // CHECK-FIXES: event_del(&b->retry);
  free(b);
}

struct seen {
  struct event retry;
  int n;
};

static void seenTick(evutil_socket_t fd, short what, void *arg) { ++((struct seen *)arg)->n; }

void seenBegin(struct seen *s, struct event_base *base, const struct timeval *tv) {
  event_assign(&s->retry, base, -1, EV_PERSIST, seenTick, s);
  event_add(&s->retry, tv);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'retry' is still armed when its owner is freed; it goes off in memory that is somebody else's [leak-uncancelled-timer]
}

void seenAnswered(struct seen *s) { event_del(&s->retry); }

void seenFree(struct seen *s) {
  // CHECK-FIXES: event_del(&s->retry);
  free(s);
}

struct good {
  struct event retry;
};

void goodBegin(struct good *g, struct event_base *base, const struct timeval *tv) {
  event_assign(&g->retry, base, -1, EV_PERSIST, seenTick, g);
  event_add(&g->retry, tv);
}

void goodAnswered(struct good *g) { event_del(&g->retry); }

void goodFree(struct good *g) {
  event_del(&g->retry);
  free(g);
}

struct whole {
  struct event_base *base;
  struct event retry;
};

void wholeBegin(struct whole *w, const struct timeval *tv) {
  event_assign(&w->retry, w->base, -1, EV_PERSIST, seenTick, w);
  event_add(&w->retry, tv);
}

void wholeAnswered(struct whole *w) { event_del(&w->retry); }

void wholeFree(struct whole *w) {
  event_base_free(w->base);
  free(w);
}
