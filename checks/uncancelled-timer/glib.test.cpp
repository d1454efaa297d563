// Sources of the main loop, in a class.
//
// REQUIRES: package-libglibmm-2.4-dev
// RUN: %check_leaks %s leak-uncancelled-timer -- %glib -std=c++17

#include <glib.h>

class Bad {
public:
  void start() {
    id = g_timeout_add(100, onTick, this);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'id' is never taken back; the timer goes on calling an object that is destroyed
  }
  ~Bad() { ticks = 0; }

private:
  static gboolean onTick(gpointer data) {
    ++static_cast<Bad *>(data)->ticks;
    return TRUE;
  }
  guint id = 0;
  int ticks = 0;
};

class Good {
public:
  void start() { id = g_timeout_add(100, onTick, this); }
  ~Good() {
    if (id)
      g_source_remove(id);
  }

private:
  static gboolean onTick(gpointer data) {
    ++static_cast<Good *>(data)->ticks;
    return TRUE;
  }
  guint id = 0;
  int ticks = 0;
};

// Once.
class GoodOnce {
public:
  void start() { id = g_timeout_add(100, onTick, this); }
  ~GoodOnce() { ticks = 0; }

private:
  static gboolean onTick(gpointer data) {
    ++static_cast<GoodOnce *>(data)->ticks;
    return FALSE;
  }
  guint id = 0;
  int ticks = 0;
};
