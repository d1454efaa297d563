// Miss: let go only while the task that the thread runs is alive; it isn't any more
// when the thread has ended.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <memory>
#include <thread>

struct Task {
  bool active = true;
  void main() {}
};

class BadOwner {
public:
  ~BadOwner() { stop(); }
  void start(std::shared_ptr<Task> t) {
    worker = std::thread([t] { t->main(); });
    task = t;
  }
  void stop() {
    if (auto t = task.lock()) {
      t->active = false;
      worker.detach();
    }
  }

private:
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  std::weak_ptr<Task> task;
};
