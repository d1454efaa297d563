#include "worker.h"

namespace house {

Worker::Worker(void (*Work)()) : Thread(Work) {}
void Worker::launch(void (*Work)(), int) { Thread = std::thread(Work); }
void Worker::finish() { Thread.join(); }
bool Worker::busy() const { return Thread.joinable(); }

} // namespace house
