// What a header says; worker.cpp has the bodies.
#include <thread>

namespace house {

class Worker {
public:
  Worker() = default;
  explicit Worker(void (*Work)());
  void launch(void (*Work)(), int Priority = 0);
  void finish();
  bool busy() const;

private:
  std::thread Thread;
};

} // namespace house
