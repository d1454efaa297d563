// Miss: the destructor does nothing, since somebody is expected to call stop() through
// a pointer before. Its siblings elsewhere call it themselves.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <thread>

void work();

struct Handler {
  void *context;
  void (*start)(void *);
  void (*stop)(void *);
};
void install(const char *name, Handler *handler);

class BadSource {
public:
  BadSource() {
    handler.context = this;
    handler.start = start;
    handler.stop = stop;
    install("source", &handler);
  }
  ~BadSource() {}

private:
  static void start(void *context) {
    auto *self = static_cast<BadSource *>(context);
    if (self->running)
      return;
    self->running = true;
    self->worker = std::thread(work);
  }
  static void stop(void *context) {
    auto *self = static_cast<BadSource *>(context);
    if (!self->running)
      return;
    self->running = false;
    if (self->worker.joinable())
      self->worker.join();
  }
  Handler handler;
  bool running = false;
  std::thread worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
};

void *create() { return new BadSource; }
void destroy(void *source) { delete static_cast<BadSource *>(source); }
