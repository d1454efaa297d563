// Miss: a virtual method joins, which only the base class's shutdown() calls, and not
// at destruction.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

class Reader {
public:
  virtual ~Reader() = default;
  void init() { on_init(); }
  bool shutdown() { return on_shutdown(); }

private:
  virtual void on_init() {}
  virtual bool on_shutdown() = 0;
};

class BadReader : public Reader {
  void on_init() override { worker = std::thread(&BadReader::loop, this); }
  bool on_shutdown() override {
    if (worker.joinable())
      worker.join();
    return true;
  }
  void loop() {}
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};
