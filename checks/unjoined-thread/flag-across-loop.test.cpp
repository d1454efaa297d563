// Once a false alarm: a loop of many turns makes the engine forget the flag that
// says whether the thread runs.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();
bool ready();
void step(int);

void good_flag_across_loop() {
  std::thread worker;
  bool started = false;
  if (ready()) {
    worker = std::thread(work);
    started = true;
  }
  for (int i = 0; i < 10; ++i)
    step(i);
  if (started)
    worker.join();
}

void good_joined_in_loop() {
  std::thread worker(work);
  bool joined = false;
  for (int i = 0; i < 10; ++i) {
    if (ready()) {
      worker.join();
      joined = true;
      break;
    }
  }
  if (!joined)
    worker.join();
}

void bad_never_joined() {
  std::thread worker(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path
  for (int i = 0; i < 10; ++i)
    step(i);
}
