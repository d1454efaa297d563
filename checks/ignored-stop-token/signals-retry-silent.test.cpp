// What a signal needn't end: silent.
//
// RUN: %check_leaks %s leak-ignored-stop-token --silent -- -std=c++17

#include <chrono>
#include <csignal>
#include <thread>

bool attempt();

static volatile std::sig_atomic_t leaving, again;

static void onSignal(int) { leaving = 1; }
static void onHangup(int) { again = 1; }

// With the process it ends as well.
static void background() {
  while (!attempt())
    std::this_thread::sleep_for(std::chrono::seconds(1));
}

// It is asked for elsewhere.
static bool wanted() { return !leaving; }
static void asks() {
  while (!attempt()) {
    if (!wanted())
      return;
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

int main() {
  struct sigaction action = {};
  action.sa_handler = onSignal;
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGHUP, onHangup);
  std::thread(background).detach();
  asks();
  while (!leaving)
    std::this_thread::sleep_for(std::chrono::seconds(1));
}
