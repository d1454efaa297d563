// Timers of structures that are freed.
//
// RUN: %check_leaks %s leak-uncancelled-timer -- -std=gnu11

#include <stdbool.h>
#include <stdlib.h>

unsigned timeout_add(unsigned ms, bool (*call)(void *), void *data);
void timeout_remove(unsigned id);
void queue_destroy(void *queue, void (*destroy)(void *));
void send(void *data);

struct bad {
  unsigned timer;
  int n;
};

static bool badTick(void *data) {
  struct bad *b = data;
  b->timer = 0;
  ++b->n;
  return false;
}

void badBegin(struct bad *b) {
  b->timer = timeout_add(100, badTick, b);
  // CHECK-NOTES: :[[@LINE-1]]:14: warning: 'timer' is not taken back when its owner is freed; the timer may call it afterwards [leak-uncancelled-timer]
  // CHECK-NOTES: :[[@LINE+11]]:3: note: its owner is freed here
  // CHECK-NOTES: :[[@LINE+5]]:5: note: 'timer' is taken back here
}

void badAnswered(struct bad *b) {
  if (b->timer)
    timeout_remove(b->timer);
}

void badFree(struct bad *b) {
  // CHECK-FIXES: if (b->timer) timeout_remove(b->timer);
  free(b);
}

// The sibling is taken back.
struct badSibling {
  unsigned connect, idle;
};

static bool siblingTick(void *data) {
  send(data);
  return false;
}

void siblingBegin(struct badSibling *s) {
  s->connect = timeout_add(100, siblingTick, s);
  s->idle = timeout_add(100, siblingTick, s);
  // CHECK-NOTES: :[[@LINE-1]]:13: warning: 'idle' is not taken back when its owner is freed; the timer may call it afterwards [leak-uncancelled-timer]
  // CHECK-NOTES: :[[@LINE+7]]:3: note: its owner is freed here
  // CHECK-NOTES: :[[@LINE+5]]:3: note: 'connect' is taken back here
}

static void siblingFree(void *data) {
  struct badSibling *s = data;
  timeout_remove(s->connect);
  free(s);
}

void siblingAll(void *queue) { queue_destroy(queue, siblingFree); }

struct good {
  unsigned timer;
};

static bool goodTick(void *data) {
  struct good *g = data;
  send(g);
  return true;
}

void goodBegin(struct good *g) { g->timer = timeout_add(100, goodTick, g); }

void goodAnswered(struct good *g) { timeout_remove(g->timer); }

void goodFree(struct good *g) {
  if (g->timer)
    timeout_remove(g->timer);
  free(g);
}

// A helper does it.
struct helped {
  unsigned timer;
};

static bool helpedTick(void *data) {
  send(data);
  return true;
}

static void helpedReset(struct helped *h) {
  timeout_remove(h->timer);
  h->timer = timeout_add(100, helpedTick, h);
}

static void helpedQuiet(struct helped *h) {
  if (h->timer)
    timeout_remove(h->timer);
}

void helpedBegin(struct helped *h) { helpedReset(h); }

void helpedFree(struct helped *h) {
  helpedQuiet(h);
  free(h);
}

// Who frees it has ended it before.
struct ended {
  unsigned timer;
};

static bool endedTick(void *data) {
  send(data);
  return true;
}

void endedBegin(struct ended *e) { e->timer = timeout_add(100, endedTick, e); }

static void endedFree(struct ended *e) { free(e); }

void endedLeave(struct ended *e) {
  timeout_remove(e->timer);
  endedFree(e);
}

// It has to be called before, by whoever frees it.
struct closed {
  unsigned timer;
};

static bool closedTick(void *data) {
  send(data);
  return true;
}

void closedBegin(struct closed *c) { c->timer = timeout_add(100, closedTick, c); }
void closedClose(struct closed *c) { timeout_remove(c->timer); }
void closedFree(struct closed *c) { free(c); }

// The timer's callback is the one who frees it.
struct once {
  unsigned timer;
};

static void onceFree(struct once *o) { free(o); }

static bool onceTick(void *data) {
  struct once *o = data;
  onceFree(o);
  return false;
}

void onceBegin(struct once *o) { o->timer = timeout_add(100, onceTick, o); }
void onceAgain(struct once *o) {
  timeout_remove(o->timer);
  o->timer = timeout_add(100, onceTick, o);
}

// It can't be freed while the timer has it.
struct counted {
  unsigned timer;
  int refs;
};

static struct counted *counted_ref(struct counted *c) {
  ++c->refs;
  return c;
}

static bool countedTick(void *data) {
  send(data);
  return true;
}

void countedBegin(struct counted *c) {
  counted_ref(c);
  c->timer = timeout_add(100, countedTick, c);
}
void countedQuiet(struct counted *c) { timeout_remove(c->timer); }
void countedFree(struct counted *c) { free(c); }

// Nothing says that it has to be taken back: it may be over for certain.
struct unknown {
  unsigned timer;
};

static bool unknownTick(void *data) {
  send(data);
  return false;
}

void unknownBegin(struct unknown *u) { u->timer = timeout_add(100, unknownTick, u); }
void unknownFree(struct unknown *u) { free(u); }

// The one who fails to make it frees it.
struct made {
  unsigned timer;
};

static bool madeTick(void *data) {
  send(data);
  return true;
}

struct made *makeIt(void) {
  struct made *m = malloc(sizeof(*m));
  if (!m->timer) {
    free(m);
    return NULL;
  }
  m->timer = timeout_add(100, madeTick, m);
  return m;
}
void madeQuiet(struct made *m) { timeout_remove(m->timer); }

// Somebody else is called.
struct other {
  unsigned timer;
};

void otherBegin(struct other *o, void *who) { o->timer = timeout_add(100, unknownTick, who); }
void otherQuiet(struct other *o) { timeout_remove(o->timer); }
void otherFree(struct other *o) { free(o); }
