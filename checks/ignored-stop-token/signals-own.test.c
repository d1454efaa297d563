// A function of the project's own, which is called like one that blocks.
//
// RUN: %check_leaks --silent %s leak-ignored-stop-token -- -std=gnu11

#include <signal.h>
#include <stdbool.h>

static bool terminated;
static void onSignal(int number) { terminated = true; }

static bool accept(float cost, float other, double temperature) {
  return other < cost + temperature;
}

void next(void);

void anneal(float cost) {
  signal(SIGTERM, onSignal);
  for (int i = 0; i < 100; i++) {
    if (accept(cost, 1.0f, 0.5))
      next();
    if (terminated)
      break;
  }
}
