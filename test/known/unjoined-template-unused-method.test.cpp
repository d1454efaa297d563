// Miss: a class template with a method that this file doesn't use, so that it has no
// body here.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

template <class T> class BadVisualizer {
public:
  void start() { viewer = std::thread(&BadVisualizer::run, this); }
  int other() const { return 1; }

private:
  void run() {}
  std::thread viewer;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

void use() {
  BadVisualizer<int> visualizer;
  visualizer.start();
}
