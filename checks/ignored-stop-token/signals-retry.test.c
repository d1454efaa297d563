// A loop that tries again, while a signal handler asks the program to end.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=gnu11

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum answer { YES, NO, LOCKED };
enum answer attempt(void);
void use(void (*callback)(int));

static int quit_flag;

static void on_signal(int number) {
  (void)number;
  fprintf(stderr, "Exiting...\n");
  quit_flag++;
}

static int bad(void) {
  enum answer got = attempt();
  if (got == LOCKED) {
    while (1) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop tries again and again without a look at 'quit_flag', which the signal handler sets; as long as it fails, the signal ends nothing [leak-ignored-stop-token]
      got = attempt();
      if (got != LOCKED)
        break;
      sleep(1);
    }
  }
  return got == YES;
}

static int good(void) {
  enum answer got = attempt();
  while (!quit_flag) {
    got = attempt();
    if (got != LOCKED)
      break;
    sleep(1);
  }
  return got == YES;
}

static int goodBounded(void) {
  int tries = 0;
  enum answer got;
  while (1) {
    got = attempt();
    if (got != LOCKED || ++tries > 5)
      break;
    sleep(1);
  }
  return got == YES;
}

// Not yet: the signal still ends the process.
static int goodEarly(void) {
  while (attempt() == LOCKED)
    sleep(1);
  return 1;
}

static void added(int kind) {
  if (kind)
    bad();
  else
    good();
}

int main(void) {
  goodEarly();
  while (attempt() == LOCKED)
    sleep(1);
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  use(added);
  goodBounded();
  while (!quit_flag)
    sleep(1);
  return 0;
}
